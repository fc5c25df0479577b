import ResidentIDCard

/// A security module that behaves: finds, selects and reads a document in this order only.
struct SAMVModel: Sendable {
    private enum State {
        case idle
        case found
        case selected
    }

    /// What lies on the reader; a new one was lifted before.
    var document: VirtualDocument? {
        didSet {
            state = .idle
            mustBeLifted = false
        }
    }

    /// Whether a document that was read is found again only after it was lifted.
    var wantsLifting = true

    /// The number of the module.
    var samIdentifier = [0x05, 0x00, 0x01, 0x00] + [0x61, 0xDB, 0x32, 0x01] + [UInt8](repeating: 0, count: 8)

    private var state = State.idle
    private var mustBeLifted = false

    /// Answers a request.
    mutating func answer(_ request: SAMVFrame) -> SAMVResponse {
        guard request.payload.count == 2 else { return SAMVResponse(status: SAMVStatus(0, 0, 0x11)) }
        switch SAMVCommand(code: request.payload[0], parameter: request.payload[1]) {
        case .reset:
            state = .idle
            mustBeLifted = false
            return SAMVResponse(status: .success)
        case .status: return SAMVResponse(status: .success)
        case .samIdentifier: return SAMVResponse(status: .success, data: samIdentifier)
        case .find:
            guard document != nil, !mustBeLifted else { return SAMVResponse(status: SAMVStatus(0, 0, 0x80)) }
            state = .found
            return SAMVResponse(status: .documentFound, data: [0, 0, 0, 0])
        case .select:
            guard document != nil, state == .found else { return SAMVResponse(status: SAMVStatus(0, 0, 0x81)) }
            state = .selected
            return SAMVResponse(status: .success, data: [0, 0, 0, 0, 0, 0, 0, 0])
        case .read: return read(hasFingerprint: false)
        case .readFingerprint: return read(hasFingerprint: true)
        case .readAddresses:
            guard let document, state == .selected else { return SAMVResponse(status: SAMVStatus(0, 0, 0x41)) }
            guard let addresses = document.addresses else { return SAMVResponse(status: SAMVStatus(0, 0, 0x91)) }
            return SAMVResponse(status: .success, data: addresses)
        default: return SAMVResponse(status: SAMVStatus(0, 0, 0x21))
        }
    }

    private mutating func read(hasFingerprint: Bool) -> SAMVResponse {
        guard let document, state == .selected else { return SAMVResponse(status: SAMVStatus(0, 0, 0x41)) }
        mustBeLifted = wantsLifting
        var parts = [document.text, document.photo]
        if hasFingerprint { parts.append(document.fingerprint) }
        let lengths = parts.flatMap { [UInt8($0.count >> 8), UInt8(truncatingIfNeeded: $0.count)] }
        return SAMVResponse(status: .success, data: lengths + parts.joined())
    }
}
