/// How many records a ledger file has.
public struct SnapshotCounts: Hashable, Sendable {
    /// Sources of data.
    public var sources = 0
    /// Programmes.
    public var programmes = 0
    /// Persons.
    public var residents = 0
    /// Cards.
    public var cards = 0
    /// Entitlements.
    public var entitlements = 0
    /// Payments, inside entitlements.
    public var payments = 0

    /// No records.
    public init() {}

    /// All records that stand by themselves, so without payments.
    public var records: Int { sources + programmes + residents + cards + entitlements }

    mutating func count(_ record: SnapshotRecord) {
        switch record {
        case .source: sources += 1
        case .programme: programmes += 1
        case .resident: residents += 1
        case .card: cards += 1
        case .entitlement(let entitlement):
            entitlements += 1
            payments += entitlement.payments.count
        }
    }
}
