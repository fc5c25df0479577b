public import CivilIdentity
public import HubProtocol

/// How far an import is.
public struct ImportProgress: Sendable, Hashable {
    /// What the import is doing.
    public enum Phase: String, Sendable {
        /// Verifying, opening and storing pages.
        case reading
        /// Making the indexes.
        case indexing
        /// Checking, and making the file lasting.
        case finishing
    }

    /// What the import is doing.
    public var phase: Phase
    /// Bytes of the ledger file that are done.
    public var bytesDone: Int64
    /// Bytes of the ledger file in all.
    public var bytesTotal: Int64
    /// Records that are done, without payments.
    public var records: Int
}

/// What an import brought.
public struct ImportReport: Sendable, Hashable {
    /// Generation of the ledger that is named as the one in use now.
    public var generation: Int64
    /// The area that it covers.
    public var division: DivisionCode
    /// When the city made it, seconds since 1970 UTC.
    public var createdAt: Int64
    /// How many records it has.
    public var counts: SnapshotCounts
    /// Size of the database, bytes.
    public var databaseBytes: Int64
    /// Generation that was in use before.
    public var previousGeneration: Int64?
}
