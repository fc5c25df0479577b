import CivilIdentity
import HubProtocol
import SmartCard
import VirtualCard

/// A persona as `list --json` prints it; personal data only where it was asked for.
public struct PersonaListing: Hashable, Sendable, Codable {
    /// What a journey with the card ends with.
    public struct Expectation: Hashable, Sendable, Codable {
        /// `greeting`, `benefits` or `failure`.
        public var screen: String
        /// Failure code.
        public var code: String?
        /// Warnings of the card reader.
        public var warnings: [String]
        /// Programmes shown as entitled.
        public var programmes: [String]
        /// What is different at a station with the right security module.
        public var authenticated: Authenticated?
    }

    /// What a journey ends with when a security module answers for the card.
    public struct Authenticated: Hashable, Sendable, Codable {
        /// `greeting`, `benefits` or `failure`.
        public var screen: String
        /// Failure code.
        public var code: String?
        /// Programmes shown as entitled.
        public var programmes: [String]
    }

    /// All that would be personal if the person existed.
    public struct Personal: Hashable, Sendable, Codable {
        /// Number as it stands on the card.
        public var citizenNumber: String
        /// Name as it stands on the card.
        public var name: String
        /// ISO 8601.
        public var birthDate: String
        /// Card number as it stands on the card.
        public var cardNumber: String
        /// Identification code in lower-case hex.
        public var identificationCode: String
        /// Answer to reset of the contact interface, lower-case hex; nil if the card gives none.
        public var atr: String?
        /// Digits.
        public var pin: String
        /// Numbers that only the ledger has.
        public var ledgerNumbers: [String]
        /// Last four digits of accounts.
        public var accounts: [String]
        /// Ids of entitlements.
        public var entitlements: [String]
    }

    /// Name of the persona.
    public var persona: String
    /// In simplified Chinese.
    public var titleChinese: String
    /// In English.
    public var titleEnglish: String
    /// 1, 2 or 3.
    public var generation: Int
    /// Oddities of the card.
    public var quirks: [String]
    /// What a journey ends with.
    public var expect: Expectation
    /// Nil unless asked for.
    public var personal: Personal?

    /// Makes a listing.
    ///
    /// - Parameters:
    ///   - persona: the persona.
    ///   - reveals: whether personal data is listed.
    public init(_ persona: Persona, reveals: Bool) {
        self.persona = persona.name
        titleChinese = persona.titleChinese
        titleEnglish = persona.titleEnglish
        generation = persona.card.generation
        quirks = persona.card.quirks.map(\.rawValue).sorted()
        expect = Expectation(
            screen: persona.expectation.screen.rawValue,
            code: persona.expectation.code,
            warnings: persona.expectation.warnings,
            programmes: persona.expectation.programmes,
            authenticated: persona.expectation.authenticated.map {
                Authenticated(screen: $0.screen.rawValue, code: $0.code, programmes: $0.programmes)
            }
        )
        personal = reveals ? Personal(persona) : nil
    }
}

extension PersonaListing.Personal {
    init(_ persona: Persona) {
        let card = persona.card
        var chip = VirtualCard(image: card, seed: 0)
        citizenNumber = card.holder.citizenNumber
        name = card.holder.name
        birthDate = (try? CivilDate(ascii: card.holder.birthDate.utf8))?.iso ?? card.holder.birthDate
        cardNumber = card.cardNumber
        identificationCode = hex(card.identificationCode)
        atr = chip.reset(interface: .contact).map(hex)
        pin = card.pin
        guard case .resident(let entry) = persona.ledger else {
            (ledgerNumbers, accounts, entitlements) = ([], [], [])
            return
        }
        ledgerNumbers =
            [entry.citizenNumber.rawValue] + entry.cards.map { hex($0.identificationCode) }
            + entry.cards.map(\.cardNumber)
        accounts = entry.entitlements.compactMap(\.accountLastFour)
        entitlements = entry.entitlements.map(\.id)
    }
}

private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
        let text = String(byte, radix: 16)
        return text.utf8.count == 1 ? "0" + text : text
    }
    .joined()
}
