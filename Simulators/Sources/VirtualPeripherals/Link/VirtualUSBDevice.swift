/// A device model behind a USB cable, as a state machine: frames, commands and time go in, frames come out.
///
/// A value without socket, thread or clock; ``PeripheralHost`` owns it and carries the frames.
package struct VirtualUSBDevice: Sendable {
    /// The name that commands use.
    package let name: String
    /// What it says of itself.
    package private(set) var description: USBDescription
    private var peripheral: any Peripheral
    /// The faults in force.
    package private(set) var faults = PeripheralFaults()
    private var isConnected = false
    /// Whether the cable is meant to be in.
    private var isWanted = true
    /// Whether the USB side has said that it is.
    package private(set) var isPlugged = false
    /// What the USB side still has to say about the cable.
    private var awaited: HostFrame?
    private var inputs: [UInt8: InEndpoint] = [:]
    private var heldOutputs: [HeldOutput] = []
    private var outbox = Outbox()
    /// Bytes that came from the host since the start.
    package private(set) var bytesTaken = 0
    /// Bytes that went to the host since the start.
    package private(set) var bytesGiven = 0

    /// An OUT transfer that the device does not take yet.
    private struct HeldOutput: Sendable {
        let id: UInt32
        let endpoint: USBDescription.Endpoint
        let bytes: [UInt8]
    }

    /// Makes a device whose cable is in.
    package init(name: String, description: USBDescription, peripheral: any Peripheral) {
        self.name = name
        self.description = description
        self.peripheral = peripheral
    }

    /// When ``advance(to:)`` must be called again at the latest, milliseconds; nil for never.
    package var nextDeadline: Int64? { outbox.nextDeadline }

    /// Whether the USB side has done what the last command wanted of the cable; true when there is no USB side.
    package var isSettled: Bool { awaited == nil }

    // MARK: - Link

    /// The USB side has connected and greeted.
    ///
    /// - Returns: where the cable is.
    package mutating func connected() -> [ModelFrame] {
        disconnected()
        isConnected = true
        return isWanted ? attach() : [.detach]
    }

    /// The USB side is gone.
    package mutating func disconnected() {
        isConnected = false
        isPlugged = false
        awaited = nil
        forgetTransfers()
    }

    /// Takes a frame of the USB side.
    ///
    /// - Parameters:
    ///   - frame: what came.
    ///   - now: milliseconds of a clock that never goes back.
    /// - Returns: frames to send, in order.
    package mutating func receive(_ frame: HostFrame, now: Int64) -> [ModelFrame] {
        switch frame {
        case .hello, .clearHalt:
            return []
        case .plugged, .unplugged:
            cableChanged(frame)
            return []
        case .reset:
            forgetAnswers()
            peripheral.restart(afterPower: false)
            return []
        case .cancel(let id):
            heldOutputs.removeAll { $0.id == id }
            for endpoint in inputs.keys {
                inputs[endpoint]?.cancel(id)
            }
            return []
        case .out(let id, let endpoint, let bytes):
            return take(bytes, of: id, at: endpoint, now: now)
        case .in(let id, let endpoint, let room):
            return serve(id, at: endpoint, room: room)
        case .control(let id, let setup, let data):
            return control(id, setup, data)
        }
    }

    /// The cable was plugged or pulled, by a command or by a hand on the other side.
    private mutating func cableChanged(_ frame: HostFrame) {
        forgetTransfers()
        guard awaited == nil || awaited == frame else { return }
        awaited = nil
        isPlugged = frame == .plugged
        isWanted = isPlugged
        if isPlugged {
            peripheral.restart(afterPower: true)
        }
    }

    /// Sends what is due.
    ///
    /// - Parameter now: milliseconds.
    /// - Returns: frames to send, in order.
    package mutating func advance(to now: Int64) -> [ModelFrame] {
        deliver(outbox.due(at: now))
    }

    // MARK: - Transfers

    private mutating func take(_ bytes: [UInt8], of id: UInt32, at address: UInt8, now: Int64) -> [ModelFrame] {
        guard let endpoint = description.endpoint(address), !endpoint.isIn, !faults.stallStrikes(address) else {
            return [.stall(id: id)]
        }
        let output = HeldOutput(id: id, endpoint: endpoint, bytes: bytes)
        guard peripheral.takesBytes, heldOutputs.isEmpty else {
            heldOutputs.append(output)
            return []
        }
        return take(output, now: now)
    }

    private mutating func take(_ output: HeldOutput, now: Int64) -> [ModelFrame] {
        var count = output.bytes.count
        var isTorn = false
        if let removal = faults.removal, !removal.isSending {
            isTorn = removal.afterBytes <= count
            count = min(count, removal.afterBytes)
            faults.removal?.afterBytes -= count
        }
        bytesTaken += count
        let answers = peripheral.receive(Array(output.bytes.prefix(count)), on: output.endpoint.pipe, faults: &faults)
        let taken = ModelFrame.take(id: output.id, count: count)
        guard !isTorn else { return [taken] + pull() }
        return [taken, .done(id: output.id)] + send(answers, now: now)
    }

    private mutating func serve(_ id: UInt32, at address: UInt8, room: Int) -> [ModelFrame] {
        guard let endpoint = description.endpoint(address), endpoint.isIn, !faults.stallStrikes(address) else {
            return [.stall(id: id)]
        }
        inputs[address, default: InEndpoint(packetBytes: endpoint.packetBytes)].add(transfer: id, room: room)
        return pump(address)
    }

    private mutating func control(_ id: UInt32, _ setup: SetupPacket, _ data: [UInt8]) -> [ModelFrame] {
        guard !faults.stallStrikes(0) else { return [.stall(id: id)] }
        guard let answer = peripheral.control(setup, data, faults: &faults) else { return [.stall(id: id)] }
        guard !faults.mute.strikes() else { return [] }
        switch answer {
        case .data(let bytes):
            return [.give(id: id, Array(bytes.prefix(setup.dataLength))), .done(id: id)]
        case .accepted:
            return [.take(id: id, count: data.count), .done(id: id)]
        }
    }

    // MARK: - Answers

    private mutating func send(_ answers: [PeripheralOutput], now: Int64) -> [ModelFrame] {
        deliver(outbox.admit(answers, faults: &faults, now: now))
    }

    private mutating func deliver(_ answers: [PeripheralOutput]) -> [ModelFrame] {
        guard isPlugged else { return [] }
        var frames: [ModelFrame] = []
        for answer in answers {
            guard let endpoint = description.input(of: answer.pipe) else { continue }
            inputs[endpoint.address, default: InEndpoint(packetBytes: endpoint.packetBytes)]
                .add(answer.bytes, tornBytes: faults.tornBytes)
            frames += pump(endpoint.address)
        }
        return frames
    }

    /// Lets packets leave, up to the byte at which the cable is pulled.
    private mutating func pump(_ address: UInt8) -> [ModelFrame] {
        let removal = faults.removal.flatMap { $0.isSending ? $0.afterBytes : nil }
        var limit = removal ?? Int.max
        let before = limit
        var frames = inputs[address]?.serve(limit: &limit) ?? []
        bytesGiven += before - limit
        if removal != nil {
            faults.removal?.afterBytes = limit
            if limit == 0 {
                frames += pull()
            }
        }
        return frames
    }

    /// The cable is pulled: what the host waits for fails.
    private mutating func pull() -> [ModelFrame] {
        faults.removal = nil
        isWanted = false
        awaited = isPlugged ? .unplugged : nil
        isPlugged = false
        forgetTransfers()
        return [.detach]
    }

    private mutating func attach() -> [ModelFrame] {
        isWanted = true
        awaited = isConnected ? .plugged : nil
        return [.attach(description)]
    }

    private mutating func forgetAnswers() {
        outbox.clear()
        for endpoint in inputs.keys {
            inputs[endpoint]?.clear(transfersToo: false)
        }
    }

    private mutating func forgetTransfers() {
        outbox.clear()
        heldOutputs.removeAll()
        for endpoint in inputs.keys {
            inputs[endpoint]?.clear(transfersToo: true)
        }
    }

    // MARK: - Commands

    /// Carries out a command.
    ///
    /// - Parameters:
    ///   - command: what to do.
    ///   - now: milliseconds.
    /// - Returns: frames for the USB side, and an answer for the person.
    /// - Throws: ``PeripheralFailure``.
    package mutating func perform(
        _ command: DeviceCommand,
        now: Int64
    ) throws(PeripheralFailure) -> (frames: [ModelFrame], text: String) {
        switch command {
        case .state:
            return ([], state)
        case .plug:
            return (isWanted ? [] : attach(), "")
        case .unplug:
            return isWanted ? (pull(), "") : ([], "")
        case .replace(let serial):
            description.serial = serial
            let frames = isWanted ? pull() : []
            return (frames + attach(), "")
        case .fault(let fault):
            faults.apply(fault)
            return (strikeStalls(), "")
        case .clearFaults:
            faults = PeripheralFaults()
            return ([], "")
        default:
            let result = try peripheral.perform(command)
            return (resume(now: now) + send(result.outputs, now: now), result.text)
        }
    }

    /// Halts endpoints on which the host waits already.
    private mutating func strikeStalls() -> [ModelFrame] {
        var frames: [ModelFrame] = []
        for (address, endpoint) in inputs {
            guard let id = endpoint.firstTransfer, faults.stallStrikes(address) else { continue }
            inputs[address]?.clear(transfersToo: true)
            frames.append(.stall(id: id))
        }
        return frames
    }

    /// Takes held transfers, now that the device may take bytes again.
    private mutating func resume(now: Int64) -> [ModelFrame] {
        var frames: [ModelFrame] = []
        while peripheral.takesBytes, !heldOutputs.isEmpty {
            frames += take(heldOutputs.removeFirst(), now: now)
        }
        return frames
    }

    /// What it is and how it does, as sorted `key=value` words.
    private var state: String {
        var pairs = peripheral.state
        pairs["kind"] = peripheral.kind
        pairs["plugged"] = String(isPlugged)
        pairs["port"] = description.portPath
        pairs["serial"] = description.serial
        pairs["taken"] = String(bytesTaken)
        pairs["given"] = String(bytesGiven)
        return pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
