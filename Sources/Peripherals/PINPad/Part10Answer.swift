/// What a reader with a PIN pad answers to the entry of a PIN: its own status words, or the card's (PROTOCOLS.md 1.7,
/// 3.5; PC/SC part 10).
///
/// A card that nobody authenticated can say anything: ``accepted`` proves nothing about a cloned card.
public enum Part10Answer: Hashable, Sendable {
    /// 9000: the PIN was right, or changed.
    case accepted
    /// 63Cx: the PIN was wrong and this many tries are left, 1 to 15.
    case wrong(triesLeft: Int)
    /// 6983, or 63C0.
    case blocked
    /// 6400: nobody entered the PIN in time.
    case timeout
    /// 6401: the person pressed Cancel.
    case cancelled
    /// 6402: the new PIN and its repetition differ.
    case mismatch
    /// 6403: too few or too many digits.
    case length
    /// Another status word of the card.
    case other(UInt16)

    /// Reads an answer.
    ///
    /// - Parameter bytes: The two bytes of a status word.
    /// - Throws: ``PeripheralError`` with `pinpad.malformed` for another length.
    public init(bytes: [UInt8]) throws(PeripheralError) {
        guard bytes.count == 2 else {
            throw PeripheralError(.pinpadMalformed, "the answer to a PIN entry is no status word")
        }
        let statusWord = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
        self =
            switch statusWord {
            case 0x9000: .accepted
            case 0x63C0, 0x6983: .blocked
            case 0x63C1...0x63CF: .wrong(triesLeft: Int(statusWord & 0x0F))
            case 0x6400: .timeout
            case 0x6401: .cancelled
            case 0x6402: .mismatch
            case 0x6403: .length
            default: .other(statusWord)
            }
    }

    /// The failure of an entry that the card never saw; nil for an answer of the card.
    public var code: PeripheralError.Code? {
        switch self {
        case .timeout: .pinpadTimeout
        case .cancelled: .pinpadCancelled
        case .mismatch: .pinpadMismatch
        case .length: .pinpadLength
        case .accepted, .wrong, .blocked, .other: nil
        }
    }
}
