/// A device model behind a serial line, as a state machine: bytes, commands and time go in, bytes come out.
package struct VirtualSerialDevice: Sendable {
    /// What the owner must do.
    package enum Action: Hashable, Sendable {
        /// Send bytes to the host.
        case write([UInt8])
        /// The line goes: whoever has it open gets an end.
        case hangUp
        /// The line is there again.
        case open
    }

    /// The name that commands use.
    package let name: String
    private var peripheral: any Peripheral
    /// The faults in force.
    package private(set) var faults = PeripheralFaults()
    /// Whether the line is there.
    package private(set) var isPlugged = true
    private var serial: String
    private var outbox = Outbox()

    /// Pause between the pieces of a torn answer, milliseconds: long enough to be read apart.
    package static let tornMilliseconds: Int64 = 5

    /// Makes a device whose line is there.
    package init(name: String, serial: String, peripheral: any Peripheral) {
        self.name = name
        self.serial = serial
        self.peripheral = peripheral
    }

    /// When ``advance(to:)`` must be called again at the latest, milliseconds; nil for never.
    package var nextDeadline: Int64? { outbox.nextDeadline }

    /// Whether the device takes bytes; if not, they stay in the line.
    package var takesBytes: Bool { isPlugged && peripheral.takesBytes }

    /// Takes bytes of the host.
    ///
    /// - Parameters:
    ///   - bytes: what came.
    ///   - now: milliseconds of a clock that never goes back.
    /// - Returns: what to do, in order.
    package mutating func receive(_ bytes: [UInt8], now: Int64) -> [Action] {
        guard isPlugged else { return [] }
        var count = bytes.count
        var isTorn = false
        if let removal = faults.removal, !removal.isSending {
            isTorn = removal.afterBytes <= count
            count = min(count, removal.afterBytes)
            faults.removal?.afterBytes -= count
        }
        let answers = peripheral.receive(Array(bytes.prefix(count)), on: .first, faults: &faults)
        return isTorn ? pull() : send(answers, now: now)
    }

    /// Sends what is due.
    ///
    /// - Parameter now: milliseconds.
    /// - Returns: what to do, in order.
    package mutating func advance(to now: Int64) -> [Action] {
        deliver(outbox.due(at: now))
    }

    private mutating func send(_ answers: [PeripheralOutput], now: Int64) -> [Action] {
        let leaving = outbox.admit(answers, faults: &faults, now: now)
        guard let size = faults.tornBytes else { return deliver(leaving) }
        var dueAt = now
        for answer in leaving {
            for start in stride(from: 0, to: answer.bytes.count, by: size) {
                let piece = Array(answer.bytes[start..<min(start + size, answer.bytes.count)])
                outbox.hold(PeripheralOutput(piece), until: dueAt)
                dueAt += Self.tornMilliseconds
            }
        }
        return deliver(outbox.due(at: now))
    }

    private mutating func deliver(_ answers: [PeripheralOutput]) -> [Action] {
        guard isPlugged else { return [] }
        var actions: [Action] = []
        for answer in answers {
            guard let removal = faults.removal, removal.isSending else {
                actions.append(.write(answer.bytes))
                continue
            }
            let count = min(answer.bytes.count, removal.afterBytes)
            faults.removal?.afterBytes -= count
            actions.append(.write(Array(answer.bytes.prefix(count))))
            if removal.afterBytes == count {
                return actions + pull()
            }
        }
        return actions
    }

    private mutating func pull() -> [Action] {
        faults.removal = nil
        isPlugged = false
        outbox.clear()
        return [.hangUp]
    }

    /// Carries out a command.
    ///
    /// - Parameters:
    ///   - command: what to do.
    ///   - now: milliseconds.
    /// - Returns: what to do, and an answer for the person.
    /// - Throws: ``PeripheralFailure``.
    package mutating func perform(
        _ command: DeviceCommand,
        now: Int64
    ) throws(PeripheralFailure) -> (actions: [Action], text: String) {
        switch command {
        case .state:
            var pairs = peripheral.state
            pairs["kind"] = peripheral.kind
            pairs["plugged"] = String(isPlugged)
            pairs["serial"] = serial
            return ([], pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
        case .plug:
            return (plug(), "")
        case .unplug:
            return isPlugged ? (pull(), "") : ([], "")
        case .replace(let serial):
            self.serial = serial
            let actions = isPlugged ? pull() : []
            return (actions + plug(), "")
        case .fault(let fault):
            if case .stall = fault {
                throw PeripheralFailure("a serial line has no endpoints")
            }
            faults.apply(fault)
            return ([], "")
        case .clearFaults:
            faults = PeripheralFaults()
            return ([], "")
        default:
            let result = try peripheral.perform(command)
            return (send(result.outputs, now: now), result.text)
        }
    }

    private mutating func plug() -> [Action] {
        guard !isPlugged else { return [] }
        isPlugged = true
        peripheral.restart(afterPower: true)
        return [.open]
    }
}
