/// A reader of resident ID cards: a SAM_V module and a document that lies on it (GA 467; PROTOCOLS.md 2).
package struct SAMVReader: Peripheral {
    /// How the module is wired to the host.
    package enum Wiring: String, Hashable, Sendable, CaseIterable {
        /// Whole frames on one pipe: finished readers on USB, and serial lines.
        case single
        /// Preamble and length on the first pipe, the rest on the second: a bare module on USB.
        case split
    }

    /// How far the host has come with the document.
    private enum Progress: Sendable {
        case idle
        case found
        case selected
        case read
    }

    /// How it is wired.
    package let wiring: Wiring
    /// Whether a document that was read must be lifted before it is found again.
    package let wantsLift: Bool
    private let samID: [UInt8]
    private var requests = SAMVRequests()
    private var document: VirtualDocument?
    private var progress = Progress.idle
    /// The document was read and has not been lifted.
    private var isUsed = false
    private var reads = 0

    package var kind: String { "samv" }

    /// Makes a reader without a document.
    ///
    /// - Parameters:
    ///   - wiring: how it is wired.
    ///   - unit: the number that its SAM id ends with.
    ///   - wantsLift: whether a document must be lifted between two reads.
    package init(wiring: Wiring, unit: UInt32 = 1, wantsLift: Bool = true) {
        self.wiring = wiring
        self.wantsLift = wantsLift
        // 05.01-20260101-0000000001-unit: the groups of PROTOCOLS.md 2.4, little-endian.
        let groups: [(value: UInt32, bytes: Int)] = [(5, 2), (1, 2), (20_260_101, 4), (1, 4), (unit, 4)]
        samID = groups.flatMap { group in
            (0..<group.bytes).map { UInt8(truncatingIfNeeded: group.value >> (8 * $0)) }
        }
    }

    package mutating func restart(afterPower: Bool) {
        requests.clear()
        progress = .idle
        if afterPower {
            isUsed = false
        }
    }

    package mutating func receive(
        _ bytes: [UInt8],
        on pipe: Pipe,
        faults: inout PeripheralFaults
    ) -> [PeripheralOutput] {
        var outputs: [PeripheralOutput] = []
        // In split wiring a host sends head and body one after the other: together they are the same frame.
        for request in requests.receive(bytes) {
            var answer = answer(to: request)
            if faults.wrongStatus.strikes() {
                let word = [UInt8](repeating: 0, count: max(0, 3 - faults.status.count)) + faults.status
                answer = SAMVFrame.answer(status: word)
            }
            if faults.wrongChecksum.strikes() {
                answer[answer.count - 1] ^= 0x5A
            }
            outputs += wired(answer)
        }
        return outputs
    }

    private func wired(_ frame: [UInt8]) -> [PeripheralOutput] {
        switch wiring {
        case .single: [PeripheralOutput(frame)]
        case .split:
            [
                PeripheralOutput(Array(frame.prefix(SAMVFrame.headBytes))),
                PeripheralOutput(Array(frame.dropFirst(SAMVFrame.headBytes)), on: .second),
            ]
        }
    }

    // MARK: - Requests (PROTOCOLS.md 2.2 and 2.3)

    private mutating func answer(to request: SAMVRequests.Request) -> [UInt8] {
        switch request {
        case .wrongChecksum: return status(0x10)
        case .wrongLength: return status(0x11)
        case .command(let command, let parameter):
            switch (command, parameter) {
            case (0x10, 0xFF):
                progress = .idle
                return status(0x90)
            case (0x11, 0xFF): return status(0x90)
            case (0x12, 0xFF): return status(0x90, samID)
            case (0x20, 0x01): return find()
            case (0x20, 0x02): return select()
            case (0x30, 0x01): return read(withFingerprint: false)
            case (0x30, 0x10): return read(withFingerprint: true)
            case (0x30, 0x03): return readNewAddress()
            case (0x60, 0x00...0x04): return status(0x90)
            default: return status(0x21)
            }
        }
    }

    private func status(_ word: UInt8, _ data: [UInt8] = []) -> [UInt8] {
        SAMVFrame.answer(status: [0, 0, word], data: data)
    }

    private mutating func find() -> [UInt8] {
        progress = .idle
        guard document != nil, !(isUsed && wantsLift) else { return status(0x80) }
        progress = .found
        return status(0x9F, [0, 0, 0, 0])
    }

    private mutating func select() -> [UInt8] {
        guard document != nil, progress == .found else { return status(0x81) }
        progress = .selected
        return status(0x90, [UInt8](repeating: 0, count: 8))
    }

    private mutating func read(withFingerprint: Bool) -> [UInt8] {
        guard let document, progress == .selected else { return status(0x41) }
        progress = .read
        isUsed = true
        reads += 1
        let text = document.block
        let photo = VirtualDocument.photo
        var data = Self.big(text.count) + Self.big(photo.count)
        if withFingerprint {
            data += Self.big(document.fingerprint.count)
        }
        data += text + photo
        return status(0x90, withFingerprint ? data + document.fingerprint : data)
    }

    private func readNewAddress() -> [UInt8] {
        guard let document, progress == .selected || progress == .read else { return status(0x41) }
        return document.newAddresses.isEmpty ? status(0x91) : status(0x90, document.newAddressBlock)
    }

    private static func big(_ count: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]
    }

    // MARK: - Hands

    package mutating func perform(_ command: DeviceCommand) throws(PeripheralFailure) -> HandResult {
        switch command {
        case .place(let document):
            guard self.document == nil else { throw PeripheralFailure("a document lies there already") }
            self.document = document
            isUsed = false
        case .lift:
            guard document != nil else { throw PeripheralFailure("no document lies there") }
            document = nil
            progress = .idle
            isUsed = false
        default:
            throw PeripheralFailure("an ID reader cannot do that")
        }
        return HandResult()
    }

    package var state: [String: String] {
        ["document": document == nil ? "none" : isUsed ? "read" : "there", "reads": String(reads)]
    }
}
