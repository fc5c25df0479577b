public import Benefits
public import CivilIdentity

/// What stands in front of a ledger file, signed by the city: what it is, and size and hash of every page.
public struct SnapshotManifest: Hashable, Sendable {
    /// The area that the file covers.
    public var division: DivisionCode
    /// Grows with each file of the city; 1 or more.
    public var generation: Int64
    /// When the file was made, seconds since 1970 UTC.
    public var createdAt: Int64
    /// Id of the station-group key that opens the pages.
    public var groupKeyID: UInt8
    /// 32 bytes that make the page key of this file its own.
    public var salt: [UInt8]
    /// The sources, with the date of their data, in the order of their records.
    public var sources: [SourceFreshness]
    /// How many records the pages hold.
    public var counts: SnapshotCounts
    /// The pages in order.
    public var pages: [Page]

    /// One sealed page.
    public struct Page: Hashable, Sendable {
        /// Size as it stands in the file, 17 bytes or more.
        public var bytes: Int
        /// SHA-256 of the sealed page.
        public var sha256: [UInt8]
    }

    /// Size of all pages, bytes.
    public var pageBytes: Int64 { pages.reduce(0) { $0 + Int64($1.bytes) } }
}
