/// The two bytes that end a response (ISO 7816-4, 5.6), known or not.
public struct StatusWord: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// SW1 in the upper byte, SW2 in the lower.
    public var rawValue: UInt16

    /// Takes any two bytes.
    ///
    /// - Parameter rawValue: SW1 in the upper byte, SW2 in the lower.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Takes any two bytes.
    ///
    /// - Parameter rawValue: SW1 in the upper byte, SW2 in the lower.
    public init(_ rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Takes any two bytes.
    ///
    /// - Parameters:
    ///   - sw1: The first byte.
    ///   - sw2: The second byte.
    public init(sw1: UInt8, sw2: UInt8) {
        self.rawValue = UInt16(sw1) << 8 | UInt16(sw2)
    }

    /// The first byte.
    public var sw1: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 8) }

    /// The second byte.
    public var sw2: UInt8 { UInt8(truncatingIfNeeded: rawValue) }

    /// Whether the command was carried out without remark (9000).
    public var isSuccess: Bool { rawValue == 0x9000 }

    /// Whether SW1 is 6X but not 60, or 9X: everything else is no status word (ISO 7816-3, 12.1.1).
    public var isWellFormed: Bool { (sw1 >> 4 == 6 && sw1 != 0x60) || sw1 >> 4 == 9 }

    /// The tries that are left after a failed verification (63Cx), 0 to 15; nil for every other status word.
    public var retriesLeft: Int? { rawValue & 0xFFF0 == 0x63C0 ? Int(rawValue & 0x000F) : nil }

    /// The bytes that GET RESPONSE can fetch now (61xx), 1 to 256; nil for every other status word.
    public var bytesAvailable: Int? { sw1 == 0x61 ? Self.length(sw2) : nil }

    /// The expected length with which the command must be sent again (6Cxx), 1 to 256; nil for every other status word.
    public var correctLength: Int? { sw1 == 0x6C ? Self.length(sw2) : nil }

    /// Four upper-case hexadecimal digits.
    public var description: String { Hexadecimal.string([sw1, sw2]) }

    private static func length(_ byte: UInt8) -> Int { byte == 0 ? 256 : Int(byte) }
}

extension StatusWord {
    /// 9000: carried out.
    public static let success = StatusWord(0x9000)
    /// 6282: the end of the record or file came before the expected length.
    public static let endOfFile = StatusWord(0x6282)
    /// 6283: the selected file is invalidated.
    public static let fileInvalidated = StatusWord(0x6283)
    /// 6700: wrong length.
    public static let wrongLength = StatusWord(0x6700)
    /// 6982: security status not satisfied.
    public static let securityStatusNotSatisfied = StatusWord(0x6982)
    /// 6983: authentication method blocked.
    public static let authenticationBlocked = StatusWord(0x6983)
    /// 6985: conditions of use not satisfied.
    public static let conditionsNotSatisfied = StatusWord(0x6985)
    /// 6999: no applet takes the SELECT; seen from cards with a Java Card runtime.
    public static let selectionFailed = StatusWord(0x6999)
    /// 6A81: function not supported.
    public static let functionNotSupported = StatusWord(0x6A81)
    /// 6A82: file or application not found.
    public static let fileNotFound = StatusWord(0x6A82)
    /// 6A83: record not found.
    public static let recordNotFound = StatusWord(0x6A83)
    /// 6A88: referenced data not found.
    public static let referencedDataNotFound = StatusWord(0x6A88)
    /// 6D00: instruction not supported.
    public static let instructionNotSupported = StatusWord(0x6D00)
    /// 6E00: class not supported.
    public static let classNotSupported = StatusWord(0x6E00)
}
