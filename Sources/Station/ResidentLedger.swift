package import Benefits
package import CivilIdentity
package import HubProtocol

/// The city's ledger as cached on this machine; read only, may be replaced as a whole at any time.
package protocol ResidentLedger: Sendable {
    /// What the open ledger is and how old its data is.
    ///
    /// - Throws: a `ledger.*` code when no ledger can be used.
    func status() async throws -> LedgerStatus

    /// All that the ledger has about a card and the person whom the card names, read in one transaction.
    ///
    /// A card or person that is unknown is a normal result, not an error.
    /// - Throws: a `ledger.*` code when the ledger cannot be read.
    func lookup(card: CardKey, resident: ResidentKey) async throws -> LedgerLookup
}

/// What the open ledger is.
package struct LedgerStatus: Sendable, Equatable {
    /// Grows with each snapshot of the city.
    package var generation: Int64
    /// The area that the snapshot covers.
    package var division: DivisionCode
    /// When the city made it, seconds since 1970 UTC.
    package var createdAt: Int64
    /// Date of the data, by source.
    package var sources: [SourceFreshness]
    /// Counts of rows.
    package var residents: Int
    /// Counts of rows.
    package var cards: Int
    /// Counts of rows.
    package var entitlements: Int
    /// Counts of rows.
    package var payments: Int

    /// Creates it from its parts.
    package init(
        generation: Int64,
        division: DivisionCode,
        createdAt: Int64,
        sources: [SourceFreshness],
        residents: Int,
        cards: Int,
        entitlements: Int,
        payments: Int
    ) {
        self.generation = generation
        self.division = division
        self.createdAt = createdAt
        self.sources = sources
        self.residents = residents
        self.cards = cards
        self.entitlements = entitlements
        self.payments = payments
    }
}

/// The answer to one look-up.
package struct LedgerLookup: Sendable {
    /// The card, if the ledger knows its identification code.
    package var card: LedgerCard?
    /// Whether the ledger knows the person whom the card names.
    package var residentKnown: Bool
    /// All cards of that person, the presented one included.
    package var cardsOfResident: [LedgerCard]
    /// The entitlements of that person; nil for an unknown person.
    package var view: LedgerView?

    /// Creates it from its parts.
    package init(card: LedgerCard?, residentKnown: Bool, cardsOfResident: [LedgerCard], view: LedgerView?) {
        self.card = card
        self.residentKnown = residentKnown
        self.cardsOfResident = cardsOfResident
        self.view = view
    }
}

/// A social-security card as the city has it.
package struct LedgerCard: Sendable, Equatable {
    /// Keyed hash of the card identification code.
    package var key: CardKey
    /// Keyed hash of the holder's citizen number.
    package var residentKey: ResidentKey
    /// Keyed hash of the card number, 16 bytes.
    package var cardNumberKey: [UInt8]
    /// Status of the social application.
    package var status: CardStatus
    /// First day of validity.
    package var issuedOn: CivilDate?
    /// Last day of validity.
    package var expiresOn: CivilDate?

    /// Creates it from its parts.
    package init(
        key: CardKey,
        residentKey: ResidentKey,
        cardNumberKey: [UInt8],
        status: CardStatus,
        issuedOn: CivilDate?,
        expiresOn: CivilDate?
    ) {
        self.key = key
        self.residentKey = residentKey
        self.cardNumberKey = cardNumberKey
        self.status = status
        self.issuedOn = issuedOn
        self.expiresOn = expiresOn
    }
}
