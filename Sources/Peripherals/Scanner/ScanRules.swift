/// How a scanner sets off its codes: the values of a device profile (PROTOCOLS.md 6).
public struct ScanRules: Hashable, Sendable {
    /// What ends a code.
    public enum Suffix: String, Sendable, CaseIterable {
        /// CR; an LF behind it is dropped.
        case cr
        /// LF.
        case lf
        /// CR and LF.
        case crlf
        /// Nothing but a silence.
        case idle
    }

    /// What ends a code.
    public let suffix: Suffix
    /// What a code begins with, and is dropped; normally nothing.
    public let prefix: [UInt8]
    /// The most bytes of a code, prefix included.
    public let lengthMax: Int
    /// The silence that ends a code, or with a suffix, that shows it is torn.
    public let idle: Duration

    /// The silences that can be asked for.
    public static let idleRange: ClosedRange<Duration> = .milliseconds(10)...(.seconds(5))
    /// The most bytes of a prefix.
    public static let prefixBytesMax = 16

    /// Makes rules.
    ///
    /// - Parameters:
    ///   - suffix: What ends a code.
    ///   - prefix: What a code begins with, at most ``prefixBytesMax`` bytes without the suffix.
    ///   - lengthMax: The most bytes of a code, at most ``ScannedCode/bytesMax``, and more than the prefix has.
    ///   - idle: The silence that ends a code, within ``idleRange``.
    /// - Throws: ``PeripheralError`` with `scanner.profile` for a value out of its bounds.
    public init(
        suffix: Suffix,
        prefix: [UInt8] = [],
        lengthMax: Int = 1_024,
        idle: Duration = .milliseconds(50)
    ) throws(PeripheralError) {
        guard prefix.count <= Self.prefixBytesMax, !prefix.contains(0x0D), !prefix.contains(0x0A) else {
            throw PeripheralError(.scannerProfile, "a prefix has at most \(Self.prefixBytesMax) bytes, no CR and LF")
        }
        guard lengthMax > prefix.count, lengthMax <= ScannedCode.bytesMax else {
            throw PeripheralError(.scannerProfile, "a code is longer than its prefix, up to \(ScannedCode.bytesMax)")
        }
        guard Self.idleRange.contains(idle) else {
            throw PeripheralError(.scannerProfile, "the silence behind a code lies within 10 ms and 5 s")
        }
        self.suffix = suffix
        self.prefix = prefix
        self.lengthMax = lengthMax
        self.idle = idle
    }
}
