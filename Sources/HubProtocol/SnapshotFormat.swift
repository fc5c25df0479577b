import Benefits

/// Constants and limits of the ledger file (Documentation/LedgerFile.md).
public enum SnapshotFormat: Sendable {
    /// The first eight bytes of every ledger file.
    public static let magic = Array("OCLEDGR1".utf8)
    /// Version of the format.
    public static let version: Int64 = 1

    /// Longest manifest, bytes: 8,192 page entries fit.
    public static let maximumManifestBytes = 1024 * 1024
    /// Largest page before sealing, bytes: what one page costs a reader in memory.
    public static let maximumPageBytes = 1024 * 1024
    /// What sealing adds to a page: the tag of AES-GCM.
    public static let pageTagBytes = 16
    /// Most pages: 8 GiB of plain text in all.
    public static let maximumPages = 8192
    /// Page size that a writer uses unless told otherwise, bytes: large enough that the page costs little, small enough
    /// that a few of them in flight cost little memory.
    public static let usualPageBytes = 256 * 1024
    /// Longest record, bytes: an entitlement with 60 payments needs less than 6 KiB.
    public static let maximumRecordBytes = 16 * 1024
    /// Bytes of the salt that makes the page key of each file another one.
    public static let saltBytes = 32

    /// Most sources of data.
    public static let maximumSources = 64
    /// Most programmes.
    public static let maximumProgrammes = 256
    /// Most cards of one resident: old, lost and replaced ones included.
    public static let maximumCardsPerResident = 32
    /// Most entitlements of one resident.
    public static let maximumEntitlementsPerResident = 64
    /// Most payments of one entitlement: 24 months, with room for instalments.
    public static let maximumPayments = Entitlement.paymentsMax
    /// Most categories of one resident.
    public static let maximumCategories = 16
    /// Most records of one kind: more than the largest city has residents.
    public static let maximumCount: Int64 = 100_000_000
    /// Largest amount, fen: one thousand million yuan.
    public static let maximumAmount: Int64 = 100_000_000_000
    /// Largest generation number and instant that stand exactly in every number type in use.
    static let maximumInteger: Int64 = 9_007_199_254_740_991

    /// Longest code of a source, category or reason, bytes.
    static let maximumCodeBytes = 32
    /// Longest entitlement id, bytes.
    static let maximumEntitlementIDBytes = Entitlement.idLengthMax
    /// Longest card number, bytes.
    static let maximumCardNumberBytes = 32
    /// Longest title, bytes of UTF-8.
    static let maximumTitleBytes = 200
    /// Most months that a taper may still have.
    static let maximumTaperMonths = 120
    /// Largest number of an instalment.
    static let maximumInstalment = 99
}
