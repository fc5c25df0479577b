package import Benefits
package import CivilIdentity
package import SmartCard
package import SocialCard

/// From what a card says to what its holder gets: keys, ledger, identity check, own pending events, statement.
package struct CardAssessor: Sendable {
    private let ledger: any ResidentLedger
    private let journal: any Journal
    private let pseudonyms: PseudonymKey
    private let policy: BenefitPolicy
    private let clock: any StationClock
    private let authentication: AuthenticatedReading

    /// - Parameters:
    ///   - ledger: what the city knows.
    ///   - journal: what this station did.
    ///   - pseudonyms: makes the keys of people and cards.
    ///   - policy: the city's rules.
    ///   - clock: the wall clock.
    ///   - authentication: the security modules that cards are proved with; without one, cards of the third generation
    ///     give no holder.
    package init(
        ledger: any ResidentLedger,
        journal: any Journal,
        pseudonyms: PseudonymKey,
        policy: BenefitPolicy,
        clock: any StationClock,
        authentication: AuthenticatedReading = AuthenticatedReading(services: [])
    ) {
        self.ledger = ledger
        self.journal = journal
        self.pseudonyms = pseudonyms
        self.policy = policy
        self.clock = clock
        self.authentication = authentication
    }

    /// Reads a card, and proves it where the station can.
    ///
    /// - Parameter reader: where the card lies.
    /// - Returns: what the card says.
    /// - Throws: what reading and authentication throw.
    package func read(_ reader: any CardReader) async throws -> SocialCardData {
        try await authentication.read(reader)
    }

    /// Assesses the holder of a card.
    ///
    /// - Parameters:
    ///   - card: what the card says.
    ///   - pinAccepted: whether this very card has just accepted the person's PIN.
    /// - Returns: the decision and, unless refused, the statement; without amounts below the level that they need, and
    ///   none at all below the level that the policy wants for the programmes.
    /// - Throws: `ledger.*` and `journal.*` codes; a refusal of the person is a result.
    package func assess(_ card: SocialCardData, pinAccepted: Bool) async throws -> CardAssessment {
        let now = clock.now()
        guard IdentityCheck.contentRefusal(card) == nil, let keys = CardKeys(card, pseudonyms: pseudonyms) else {
            let nothing = LedgerLookup(card: nil, residentKnown: false, cardsOfResident: [], view: nil)
            return assessment(card, decide(card, pinAccepted, nothing, keys: nil, createdAt: now, now: now), keys: nil)
        }
        async let found = ledger.lookup(card: keys.card, resident: keys.resident)
        async let status = ledger.status()
        let lookup = try await found
        let createdAt = try await status.createdAt
        let decision = decide(card, pinAccepted, lookup, keys: keys, createdAt: createdAt, now: now)
        guard decision.refusal == nil, var view = lookup.view else {
            return assessment(card, decision, keys: keys)
        }
        view.pending = try await journal.pending(for: keys.resident)
        let whole = Benefits.statement(view, policy: policy, today: CivilDate(secondsSince1970: now), now: now)
        let isGiven = { (service: StationService) in
            policy.requirement(for: service).isMet(by: decision.level, authentication: decision.authentication)
        }
        let statement = isGiven(.benefitDetails) ? whole : whole.withoutAmounts()
        let triesLeft = try await journal.triesLeft(of: keys.card)
        return assessment(
            card,
            decision,
            keys: keys,
            statement: isGiven(.benefitsSummary) ? statement : nil,
            triesLeft: triesLeft
        )
    }

    /// What the keyed hash of a card's identification code is; to know the same card again.
    package func key(of code: IdentificationCode) -> CardKey {
        pseudonyms.cardKey(identificationCode: code.bytes)
    }

    private func decide(
        _ card: SocialCardData,
        _ pinAccepted: Bool,
        _ lookup: LedgerLookup,
        keys: CardKeys?,
        createdAt: Int64,
        now: Int64
    ) -> IdentityDecision {
        IdentityCheck.decide(
            .init(
                card: card,
                authentication: CardAuthentication(card.proof),
                pinAccepted: pinAccepted,
                ledger: lookup,
                keys: keys,
                ledgerCreatedAt: createdAt,
                now: now
            )
        )
    }

    private func assessment(
        _ card: SocialCardData,
        _ decision: IdentityDecision,
        keys: CardKeys?,
        statement: Statement? = nil,
        triesLeft: Int? = nil
    ) -> CardAssessment {
        // A PIN opens nothing unless it opens both: details are never shown where the programmes are not.
        let withPIN = [StationService.benefitsSummary, .benefitDetails].allSatisfy { service in
            policy.requirement(for: service).isMet(by: .l2, authentication: decision.authentication)
        }
        return CardAssessment(
            decision: decision,
            maskedName: card.holder?.name?.masked ?? "*",
            keys: keys,
            statement: statement,
            triesLeft: triesLeft,
            warnings: card.warnings.map(\.rawValue),
            generation: card.generation.rawValue,
            detailsAllowed: withPIN
        )
    }
}

extension CardAuthentication {
    /// What the reading proved, in the words of the policy.
    fileprivate init(_ proof: CardProof) {
        self =
            switch proof {
            case .none: .none
            case .psam: .psam
            case .hsm: .hsm
            }
    }
}
