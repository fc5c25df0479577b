/// Cuts the bytes of a scanner into codes.
///
/// Time comes as marks, from any fixed beginning on; they must not go backwards.
public struct ScanFraming: Sendable {
    /// How codes are set off.
    public let rules: ScanRules

    private var bytes: [UInt8] = []
    private var lastAt: Duration?
    /// Why the present code is already spoilt; its bytes are dropped until its end.
    private var spoiltBy: PeripheralError.Code?

    /// Makes a machine between two codes.
    ///
    /// - Parameter rules: How codes are set off.
    public init(rules: ScanRules) {
        self.rules = rules
    }

    /// When the silence behind what has come would be long enough; nil between two codes.
    public var deadline: Duration? { lastAt.map { $0 + rules.idle } }

    /// Takes bytes as they come.
    ///
    /// - Parameters:
    ///   - incoming: The bytes, in any pieces.
    ///   - now: When they came.
    /// - Returns: The codes that end in them, and what is no code.
    public mutating func take(_ incoming: some Sequence<UInt8>, at now: Duration) -> [ScannerEvent] {
        var events = tick(at: now)
        for byte in incoming {
            lastAt = now
            take(byte, &events)
        }
        return events
    }

    /// Notes that a character was lost on the way; the present code is spoilt.
    ///
    /// - Parameter now: When it was noted.
    /// - Returns: What ended before by silence.
    public mutating func noteLoss(at now: Duration) -> [ScannerEvent] {
        let events = tick(at: now)
        lastAt = now
        spoil(.scannerGarbled)
        return events
    }

    /// Lets time pass.
    ///
    /// - Parameter now: The time.
    /// - Returns: What the silence has ended: a code, when silence is the suffix; otherwise the failure of a torn one.
    public mutating func tick(at now: Duration) -> [ScannerEvent] {
        guard let deadline, now >= deadline else { return [] }
        if rules.suffix != .idle, !bytes.isEmpty { spoil(.scannerTorn) }
        return end()
    }

    private mutating func take(_ byte: UInt8, _ events: inout [ScannerEvent]) {
        switch (rules.suffix, byte) {
        case (.cr, 0x0D), (.lf, 0x0A):
            events += end()
        case (.cr, 0x0A) where bytes.isEmpty && spoiltBy == nil:
            lastAt = nil
        case (.crlf, 0x0A) where bytes.last == 0x0D:
            bytes.removeLast()
            events += end()
        default:
            append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        guard spoiltBy == nil else {
            // The last byte is kept, so that the end of a spoilt code is seen.
            bytes = [byte]
            return
        }
        // Of the two bytes of the suffix the first is no part of the code.
        let room = rules.lengthMax + (rules.suffix == .crlf && byte == 0x0D ? 1 : 0)
        guard bytes.count < room else {
            spoil(.scannerTooLong)
            bytes = [byte]
            return
        }
        bytes.append(byte)
    }

    private mutating func spoil(_ code: PeripheralError.Code) {
        bytes = []
        spoiltBy = spoiltBy ?? code
    }

    private mutating func end() -> [ScannerEvent] {
        defer {
            bytes = []
            spoiltBy = nil
            lastAt = nil
        }
        if let spoiltBy { return [.failure(spoiltBy)] }
        guard !bytes.isEmpty else { return [] }
        guard bytes.starts(with: rules.prefix) else { return [.failure(.scannerMalformed)] }
        do throws(PeripheralError) {
            return [.code(try ScannedCode(Array(bytes.dropFirst(rules.prefix.count))))]
        } catch {
            return [.failure(error.code)]
        }
    }
}

extension ScanFraming: PersonalContent {
    /// The number of bytes that wait.
    public var redacted: String { "scan framing with \(bytes.count) bytes" }
}
