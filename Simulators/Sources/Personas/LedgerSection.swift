import Benefits
import CivilIdentity
import HubProtocol
import VirtualCard
import YAMLFiles

/// The section `ledger` of a card file.
enum LedgerSection: Sendable {
    static func decode(_ section: YAMLMapping, card: CardImage?) -> PersonaLedger? {
        if section.has("sameAs") {
            return section.string("sameAs", lengthMax: PersonaFile.nameLengthMax).map { .sameAs($0) }
        }
        let division = section.value("division", expected: "a division code", parse: DivisionCode.init)
        let categories = section.strings("categories", default: [], count: 0...16, lengthMax: 32)
        let deceasedOn = section.optionalValue(
            "deceasedOn",
            expected: "a date YYYY-MM-DD",
            parse: CivilDate.init(iso:)
        )
        // The town has the right number of the person, whatever the card says.
        let own = section.optionalValue("citizenNumber", expected: "a citizen number") { try CitizenNumber($0) }
        let number = own ?? card.flatMap { try? CitizenNumber($0.holder.citizenNumber) }
        let name = card.flatMap { try? PersonName($0.holder.name) }
        let cards = section.list("cards", count: 0...8) { cardRecord($0, card, number) }
        let entitlements = section.optionalList("entitlements", count: 0...16, entitlement)
        if card != nil, number == nil || name == nil {
            section.note("the ledger needs a right citizenNumber of its own, and a name that is no oddity")
        }
        guard let division, let cards, let entitlements, let number, let name else { return nil }
        return .resident(
            LedgerEntry(
                division: division,
                categories: categories,
                deceasedOn: deceasedOn,
                citizenNumber: number,
                name: name,
                sex: number.sex,
                cards: cards,
                entitlements: entitlements
            )
        )
    }

    /// A card of the ledger; what is left out is as on the card itself.
    private static func cardRecord(
        _ section: YAMLMapping,
        _ card: CardImage?,
        _ number: CitizenNumber?
    ) -> CardRecord? {
        let status = section.choice("status", of: CardStatus.self)
        let code = section.optionalValue("identificationCode", expected: "16 bytes in hex", parse: identificationCode)
        let cardNumber = section.optionalString("cardNumber", lengthMax: 9)
        let issuedOn = date(section, "issuedOn")
        let expiresOn = date(section, "expiresOn")
        let since = date(section, "since")
        let replacedBy = section.optionalValue("replacedBy", expected: "16 bytes in hex", parse: identificationCode)
        guard let status, let card, let number else { return nil }
        return CardRecord(
            identificationCode: code ?? card.identificationCode,
            cardNumber: cardNumber ?? card.cardNumber,
            citizenNumber: number,
            status: status,
            issuedOn: issuedOn ?? civilDate(card.issuedOn),
            expiresOn: expiresOn ?? civilDate(card.expiresOn),
            replacedBy: replacedBy,
            since: since
        )
    }

    private static func identificationCode(_ text: String) -> [UInt8]? {
        CardSection.bytes(text, count: CardImage.identificationCodeLength)
    }

    private static func date(_ section: YAMLMapping, _ key: String) -> CivilDate? {
        section.optionalValue(key, expected: "a date YYYY-MM-DD", parse: CivilDate.init(iso:))
    }

    private static func civilDate(_ digits: String) -> CivilDate? {
        try? CivilDate(ascii: digits.utf8)
    }

    // MARK: - Benefits

    private static func entitlement(_ section: YAMLMapping) -> LedgerEntry.Entitlement? {
        let id = section.string("id", lengthMax: 40)
        let programme = section.value("programme", expected: "one of the eight programmes") { text in
            ProgrammeCode.eight.first { $0.rawValue == text }
        }
        let state = section.choice("state", of: EntitlementState.self)
        let amount = section.optionalValue("amount", expected: "yuan such as 660.00", parse: Money.init(yuan:))
        let period = section.choice("period", default: Period.month)
        let from = month(section, "from")
        let to = month(section, "to")
        let taper = section.optionalInteger("taperMonthsLeft", in: 0...120)
        let source = section.string("source", oneOf: sources, lengthMax: 32)
        let account = section.optionalString("account", lengthMax: 4)
        let payments = section.optionalMapping("payments").flatMap { rule($0, amount) } ?? PaymentRule.none
        guard let id, let programme, let state, let source else { return nil }
        return LedgerEntry.Entitlement(
            id: id,
            programme: programme,
            state: state,
            amount: amount.map { PeriodMoney(amount: $0, period: period) },
            from: from,
            to: to,
            taperMonthsLeft: taper,
            source: source,
            accountLastFour: account,
            payments: payments
        )
    }

    /// Codes of the sources that a town has; the town generator declares the same.
    static let sources = TownCatalogue.sources.map(\.code)

    /// `from: 2021-03`, or `fromMonthsAgo: 6`.
    private static func month(_ section: YAMLMapping, _ key: String) -> LedgerEntry.Month? {
        let fixed = section.optionalValue(key, expected: "a month YYYY-MM", parse: YearMonth.init(iso:))
        let ago = section.optionalInteger("\(key)MonthsAgo", in: -600...600)
        if fixed != nil, ago != nil {
            section.note("expected \(key) or \(key)MonthsAgo, not both", at: key)
        }
        return fixed.map { .fixed($0) } ?? ago.map { .ago($0) }
    }

    private static func rule(_ section: YAMLMapping, _ usual: Money?) -> PaymentRule? {
        let months = section.integer("months", in: 1...PaymentRule.monthsMax)
        let newest = section.integer("newestMonthsAgo", in: 0...PaymentRule.monthsMax, default: 0)
        let day = section.integer("day", in: 1...28)
        let amount = section.optionalValue("amount", expected: "yuan such as 660.00", parse: Money.init(yuan:))
        let exceptions = section.optionalList("exceptions", count: 0...PaymentRule.monthsMax) { exception($0) }
        guard let paid = amount ?? usual else {
            section.note("expected an amount here or at the entitlement")
            return nil
        }
        guard let months, let day, let exceptions else { return nil }
        return PaymentRule(
            amount: paid,
            months: months,
            newestMonthsAgo: newest,
            dueDay: day,
            exceptions: exceptions
        )
    }

    private static func exception(_ section: YAMLMapping) -> PaymentRule.Exception? {
        let monthsAgo = section.integer("monthsAgo", in: 0...PaymentRule.monthsMax * 2)
        let state = section.choice("state", of: PaymentState.self)
        let amount = section.optionalValue("amount", expected: "yuan such as 660.00", parse: Money.init(yuan:))
        let reason = section.optionalString("reason", lengthMax: 32)
        guard let monthsAgo, let state else { return nil }
        return PaymentRule.Exception(monthsAgo: monthsAgo, state: state, amount: amount, returnedReason: reason)
    }
}
