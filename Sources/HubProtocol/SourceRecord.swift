/// A source of data, such as the civil-affairs bureau, and the date of its data.
public struct SourceRecord: Hashable, Sendable {
    /// Short code: 1 to 32 printable ASCII characters without blanks.
    public var code: String
    /// What people call it; at most 200 bytes.
    public var title: String
    /// When its data was true, seconds since 1970 UTC.
    public var asOf: Int64

    /// A source.
    public init(code: String, title: String, asOf: Int64) {
        self.code = code
        self.title = title
        self.asOf = asOf
    }
}
