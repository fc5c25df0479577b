/// The number of the security module of a reader: five numbers in 16 bytes (PROTOCOLS.md 2.4).
public struct SAMIdentifier: Hashable, Sendable {
    /// Bytes of a number.
    public static let byteCount = 16

    /// The bytes as the reader gives them.
    public let bytes: [UInt8]

    /// Creates from the bytes of the reader.
    ///
    /// - Parameter bytes: 16; the result is nil for another count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// The number as it stands on the reader: `dd.dd-dddddddd-dddddddddd-dddddddddd`, each of at least so many digits.
    ///
    /// Some programs leave out the last group.
    public var text: String {
        let first = Self.digits(bytes[0..<2], 2) + "." + Self.digits(bytes[2..<4], 2)
        let rest = [Self.digits(bytes[4..<8], 8), Self.digits(bytes[8..<12], 10), Self.digits(bytes[12..<16], 10)]
        return ([first] + rest).joined(separator: "-")
    }

    /// A number, low byte first, with zeros in front.
    private static func digits(_ bytes: ArraySlice<UInt8>, _ count: Int) -> String {
        let digits = String(bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}

extension SAMIdentifier: CustomStringConvertible {
    /// Same as ``text``.
    public var description: String { text }
}
