/// What a scanner read: opaque bytes.
///
/// The code on a phone is a key to a person for as long as it lives. It is never logged and never taken apart here;
/// ``CodeVerifier`` sends it to the endpoint that knows it (PROTOCOLS.md 6).
public struct ScannedCode: Hashable, Sendable {
    /// The bytes as the scanner sent them, without prefix and suffix.
    ///
    /// Personal: never in a log, a message or a file name.
    public let revealed: [UInt8]

    /// The identifier of the symbology by AIM, such as `]Q1`; nil when the scanner does not tell.
    public let symbology: String?

    /// The most bytes: the largest QR code, version 40-L, holds so many (ISO/IEC 18004).
    public static let bytesMax = 2_953

    /// Makes a code.
    ///
    /// - Parameters:
    ///   - revealed: The bytes.
    ///   - symbology: The identifier of the symbology, if the scanner tells.
    /// - Throws: ``PeripheralError`` with `scanner.malformed` for no bytes and `scanner.too-long`.
    public init(_ revealed: [UInt8], symbology: String? = nil) throws(PeripheralError) {
        guard !revealed.isEmpty else { throw PeripheralError(.scannerMalformed, "a code has at least one byte") }
        guard revealed.count <= Self.bytesMax else {
            throw PeripheralError(.scannerTooLong, "a code has at most \(Self.bytesMax) bytes")
        }
        self.revealed = revealed
        self.symbology = symbology
    }
}

extension ScannedCode: PersonalContent {
    /// The number of bytes.
    public var redacted: String { "code of \(revealed.count) bytes" }
}
