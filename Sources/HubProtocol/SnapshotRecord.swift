public import Benefits

/// One record of a ledger file.
///
/// Sources come first, then programmes, then each resident followed by this resident's cards and entitlements.
public enum SnapshotRecord: Hashable, Sendable {
    /// Where data comes from and how old it is.
    case source(SourceRecord)
    /// A benefit that the file speaks of.
    case programme(Programme)
    /// A person.
    case resident(ResidentRecord)
    /// A card of the person before.
    case card(CardRecord)
    /// An entitlement of the person before, with its payments.
    case entitlement(EntitlementRecord)
}
