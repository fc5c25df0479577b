public import Benefits
public import CivilIdentity
public import HubProtocol

/// All that a ledger has about a card and the person whom the card names, read in one transaction.
public struct LedgerReading: Sendable, Hashable {
    /// The card, if the ledger knows its identification code; it may be another person's.
    public var card: StoredCard?
    /// Whether the ledger knows the person.
    public var residentKnown: Bool
    /// All cards of the person.
    public var cardsOfResident: [StoredCard]
    /// The entitlements of the person; nil for an unknown person.
    public var view: LedgerView?
    /// Number and name of the person, if they were asked for.
    public var identity: ResidentIdentity?
}

/// A card as the ledger has it.
public struct StoredCard: Sendable, Hashable {
    /// Keyed hash of the identification code.
    public var key: CardKey
    /// Keyed hash of the holder's citizen number.
    public var residentKey: ResidentKey
    /// Keyed hash of the card number, 16 bytes.
    public var cardNumberKey: [UInt8]
    /// Status of the social application.
    public var status: CardStatus
    /// First day of validity.
    public var issuedOn: CivilDate?
    /// Last day of validity.
    public var expiresOn: CivilDate?
}
