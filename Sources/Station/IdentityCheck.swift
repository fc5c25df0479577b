package import Benefits
package import CivilIdentity
package import HubProtocol
package import SocialCard

/// Decides who stands there, from what the card says and what the ledger has (DOMAIN.md 4.3).
package enum IdentityCheck {
    /// How far a clock may be behind the date of the ledger before nothing is decided any more, in seconds.
    ///
    /// The hub and the station may disagree by this much without harm.
    package static let clockToleranceSeconds: Int64 = 600

    /// What is known when the decision is taken.
    package struct Facts: Sendable {
        /// What the card says.
        package var card: SocialCardData
        /// How the card itself was proved to be genuine.
        package var authentication: CardAuthentication
        /// Whether the card accepted the person's PIN.
        package var pinAccepted: Bool
        /// What the ledger has about card and person.
        package var ledger: LedgerLookup
        /// Keyed hashes of what the card says; nil where the card says nothing usable.
        package var keys: CardKeys?
        /// When the city made the ledger, seconds since 1970 UTC.
        package var ledgerCreatedAt: Int64
        /// Now, seconds since 1970 UTC.
        package var now: Int64

        package init(
            card: SocialCardData,
            authentication: CardAuthentication,
            pinAccepted: Bool,
            ledger: LedgerLookup,
            keys: CardKeys?,
            ledgerCreatedAt: Int64,
            now: Int64
        ) {
            self.card = card
            self.authentication = authentication
            self.pinAccepted = pinAccepted
            self.ledger = ledger
            self.keys = keys
            self.ledgerCreatedAt = ledgerCreatedAt
            self.now = now
        }
    }

    /// Whether the card's own content allows a look-up at all; the first reason against it.
    package static func contentRefusal(_ card: SocialCardData) -> IdentityCode? {
        if card.generation == .third, card.holder == nil { return .generationUnsupported }
        guard card.identificationCode != nil, card.cardNumber != nil, let holder = card.holder else {
            return .recordIncomplete
        }
        guard let number = holder.citizenNumber else {
            return card.warnings.contains(.numberCheckDigit) ? .checkDigit : .recordIncomplete
        }
        guard holder.name != nil else { return .recordIncomplete }
        if let birthDate = holder.birthDate, birthDate != number.birthDate { return .cardMismatch }
        return nil
    }

    /// Takes the decision.
    ///
    /// A refusal is never final: its code names the way on (INV-26). The order is from what the card alone shows
    /// to what the ledger shows, so that a person hears the nearest reason.
    package static func decide(_ facts: Facts) -> IdentityDecision {
        if let code = contentRefusal(facts.card) { return refusal(code, facts) }
        guard let keys = facts.keys else { return refusal(.recordIncomplete, facts) }
        guard facts.now >= facts.ledgerCreatedAt - clockToleranceSeconds else {
            return refusal(.clockBehindLedger, facts)
        }
        if let code = dateRefusal(facts) { return refusal(code, facts) }
        guard facts.ledger.residentKnown else { return refusal(.unknownResident, facts) }
        guard let card = facts.ledger.card else { return refusal(.cardNotInLedger, facts) }
        guard card.residentKey == keys.resident, card.cardNumberKey == keys.cardNumber, card.key == keys.card else {
            return refusal(.cardMismatch, facts)
        }
        if let code = statusRefusal(card.status) { return refusal(code, facts) }
        return IdentityDecision(
            level: facts.pinAccepted ? .l2 : .l1,
            authentication: facts.authentication,
            refusal: nil,
            reasons: reasons(facts)
        )
    }

    private static func refusal(_ code: IdentityCode, _ facts: Facts) -> IdentityDecision {
        IdentityDecision(level: .l0, authentication: facts.authentication, refusal: code, reasons: [])
    }

    /// What L1 or L2 rests on; without any date nothing is said of dates.
    private static func reasons(_ facts: Facts) -> [IdentityReason] {
        let isDated = expiry(facts) != nil || issue(facts) != nil
        return [.filesConsistent] + (isDated ? [.inDate] : []) + [.cardOfLedger]
            + (facts.pinAccepted ? [.pinAccepted] : [])
    }

    private static func dateRefusal(_ facts: Facts) -> IdentityCode? {
        let today = CivilDate(secondsSince1970: facts.now)
        if let expires = expiry(facts), expires < today { return .cardExpired }
        if let issued = issue(facts), issued > today { return .cardNotYetValid }
        return nil
    }

    private static func expiry(_ facts: Facts) -> CivilDate? {
        [facts.card.expiresOn, facts.ledger.card?.expiresOn].compactMap(\.self).min()
    }

    private static func issue(_ facts: Facts) -> CivilDate? {
        [facts.card.issuedOn, facts.ledger.card?.issuedOn].compactMap(\.self).max()
    }

    private static func statusRefusal(_ status: CardStatus) -> IdentityCode? {
        switch status {
        case .normal: nil
        case .inactive: .cardInactive
        case .tempLost: .cardTempLost
        case .formallyLost: .cardFormallyLost
        case .cancelled: .cardCancelled
        case .replaced: .cardReplaced
        case .expired: .cardExpired
        }
    }
}

/// Keyed hashes of what a card says about itself and its holder.
package struct CardKeys: Sendable, Equatable {
    /// Of the card identification code.
    package var card: CardKey
    /// Of the card number, 16 bytes.
    package var cardNumber: [UInt8]
    /// Of the citizen number.
    package var resident: ResidentKey

    package init(card: CardKey, cardNumber: [UInt8], resident: ResidentKey) {
        self.card = card
        self.cardNumber = cardNumber
        self.resident = resident
    }

    /// Makes the keys of a card, or nil when the card lacks one of the three numbers.
    package init?(_ data: SocialCardData, pseudonyms: PseudonymKey) {
        guard
            let code = data.identificationCode, let cardNumber = data.cardNumber,
            let citizenNumber = data.holder?.citizenNumber
        else { return nil }
        card = pseudonyms.cardKey(identificationCode: code.bytes)
        self.cardNumber = pseudonyms.cardNumberKey(cardNumber)
        resident = pseudonyms.residentKey(citizenNumber)
    }
}

/// The outcome of the identity check, with its reasons.
package struct IdentityDecision: Sendable, Equatable {
    /// What was proved about the person.
    package var level: AssuranceLevel
    /// What was proved about the card; journaled and shown to staff.
    package var authentication: CardAuthentication
    /// Why nothing was proved; nil when the level is L1 or higher.
    package var refusal: IdentityCode?
    /// What the level rests on.
    package var reasons: [IdentityReason]

    package init(
        level: AssuranceLevel,
        authentication: CardAuthentication,
        refusal: IdentityCode?,
        reasons: [IdentityReason]
    ) {
        self.level = level
        self.authentication = authentication
        self.refusal = refusal
        self.reasons = reasons
    }

    /// What a row about the decision says.
    package var rowAttributes: [String: CanonicalJSON] {
        var attributes: [String: CanonicalJSON] = [
            "level": .string("\(level)"), "cardAuthentication": .string(authentication.rawValue),
        ]
        if let refusal { attributes["code"] = .string(refusal.rawValue) }
        if !reasons.isEmpty { attributes["reasons"] = .array(reasons.map { .string($0.rawValue) }) }
        return attributes
    }
}

/// What an assurance level rests on.
package enum IdentityReason: String, Sendable {
    case filesConsistent = "files-consistent"
    /// Every date that card or ledger gives holds today; only said when there is one.
    case inDate = "in-date"
    case cardOfLedger = "card-of-ledger"
    case pinAccepted = "pin-accepted"
}

/// Stable codes of the identity check (`Documentation/FailureCodes.md`).
package enum IdentityCode: String, Error, Sendable, CaseIterable {
    case cardExpired = "identity.card-expired"
    case cardNotYetValid = "identity.card-not-yet-valid"
    case cardInactive = "identity.card-inactive"
    case cardTempLost = "identity.card-temp-lost"
    case cardFormallyLost = "identity.card-formally-lost"
    case cardCancelled = "identity.card-cancelled"
    case cardReplaced = "identity.card-replaced"
    case checkDigit = "identity.check-digit"
    case unknownResident = "identity.unknown-resident"
    case cardNotInLedger = "identity.card-not-in-ledger"
    case cardMismatch = "identity.card-mismatch"
    case recordIncomplete = "identity.record-incomplete"
    case clockBehindLedger = "identity.clock-behind-ledger"
    case generationUnsupported = "identity.generation-unsupported"
}
