/// How old the data of one source is.
public struct SourceFreshness: Hashable, Sendable {
    /// Code of the source, such as `civil-affairs`.
    public var source: String
    /// The instant up to which its data is complete, in seconds since 1970-01-01T00:00:00Z.
    public var asOf: Int64

    /// Creates from source and instant.
    public init(source: String, asOf: Int64) {
        self.source = source
        self.asOf = asOf
    }
}
