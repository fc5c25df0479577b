/// Where a scanned code begins and ends in what a scanner sends (PROTOCOLS.md 6).
public struct ScannerFraming: Hashable, Sendable {
    /// What follows a code.
    public enum Suffix: String, Hashable, Sendable, CaseIterable {
        /// CR, or the key Enter.
        case carriageReturn = "cr"
        /// LF.
        case lineFeed = "lf"
        /// CR and LF.
        case both = "crlf"
        /// Nothing; the pause alone ends a code.
        case idle
    }

    /// Bytes before a code.
    public static let prefixMax = 8
    /// The pause that ends a code, in milliseconds.
    public static let idleRange = 10...5_000
    /// Bytes of a code: a QR code holds 2,953 at most (ISO/IEC 18004, table 7).
    public static let lengthRange = 1...2_953

    /// What stands before a code; empty for nothing.
    public var prefix: [UInt8]
    /// What follows a code.
    public var suffix: Suffix
    /// The pause after which a code has ended; with a suffix, after which it is torn.
    public var idle: Duration
    /// The most bytes of a code, with its prefix; what is longer is dropped.
    public var lengthMax: Int

    /// Whether the prefix is shorter than a code and holds no suffix.
    public var isConsistent: Bool { prefix.count < lengthMax && !prefix.contains(0x0D) && !prefix.contains(0x0A) }

    /// Makes a framing.
    ///
    /// - Parameters:
    ///   - prefix: What stands before a code.
    ///   - suffix: What follows a code.
    ///   - idle: The pause after which a code has ended.
    ///   - lengthMax: The most bytes of a code.
    public init(prefix: [UInt8], suffix: Suffix, idle: Duration, lengthMax: Int) {
        self.prefix = prefix
        self.suffix = suffix
        self.idle = idle
        self.lengthMax = lengthMax
    }
}
