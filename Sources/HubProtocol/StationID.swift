/// The name of a station in events: 1 to 64 of `a-z 0-9 -`.
public struct StationID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let rawValue: String

    /// Longest name, bytes.
    public static let maximumBytes = 64

    /// A name.
    ///
    /// - Returns: nil when it is empty, too long, or has other characters.
    public init?(rawValue: String) {
        guard Self.isValid(rawValue.utf8) else { return nil }
        self.rawValue = rawValue
    }

    static func isValid(_ text: some Collection<UInt8>) -> Bool {
        (1...maximumBytes).contains(text.count)
            && text.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The name.
    public var description: String { rawValue }
}
