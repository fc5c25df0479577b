import Benefits
import CivilIdentity
public import HubProtocol
public import Personas
import VirtualCard

/// A town of synthetic residents, made record by record.
///
/// Every citizen number begins with 999999, an area that belongs to nobody; names are those of nobody.
public struct SyntheticTown: Sendable {
    /// What the town looks like.
    public let plan: TownPlan
    private let personas: [LedgerEntry]
    private let names: [PersonName]
    private let area: DivisionCode
    private let today: CivilDate
    /// Numbers that belong to personas.
    private let taken: Set<CitizenNumber>

    /// Makes a town.
    ///
    /// - Parameters:
    ///   - plan: what it looks like.
    ///   - personas: residents who are always there.
    /// - Throws: `CivilIdentityError` if the tables of this file are wrong.
    public init(plan: TownPlan, personas: [LedgerEntry]) throws {
        self.plan = plan
        self.personas = personas
        names = try NameTable.names()
        area = try DivisionCode("999999")
        today = plan.today
        taken = Set(personas.map(\.citizenNumber))
    }

    /// Makes all records in the order of a ledger file: sources, programmes, personas, generated residents.
    ///
    /// - Parameters:
    ///   - progress: called with the number of generated residents, about a hundred times.
    ///   - body: takes one record.
    /// - Throws: what the body throws.
    public func records(
        progress: (Int) -> Void = { _ in },
        _ body: (SnapshotRecord) throws -> Void
    ) throws {
        for source in TownCatalogue.sources {
            try body(.source(SourceRecord(code: source.code, title: source.title, asOf: plan.asOf)))
        }
        for programme in TownCatalogue.programmes {
            try body(.programme(programme))
        }
        for persona in personas {
            for record in persona.records(asOf: today) {
                try body(record)
            }
        }
        let step = max(plan.residents / 100, 1)
        for index in 0..<plan.residents {
            try resident(index, body)
            if (index + 1) % step == 0 {
                progress(index + 1)
            }
        }
    }

    // MARK: - Generated residents

    /// Ages of generated residents: newborn to just under one hundred years.
    private static let days: UInt64 = 36_500
    /// Sequence numbers of generated residents; personas use the lower ones.
    private static let sequences: UInt64 = 400
    private static let firstSequence: UInt64 = 600
    /// Coprime to `days * sequences`, so that every resident has a number of its own.
    private static let stride: UInt64 = 6_700_417

    private func resident(_ index: Int, _ body: (SnapshotRecord) throws -> Void) throws {
        var random = SplitMix64(seed: plan.seed &+ UInt64(index) &* 0xD134_2543_DE82_EF95)
        let slots = Self.days * Self.sequences
        let slot = (UInt64(index) * Self.stride &+ plan.seed % slots) % slots
        let birthDate = today.adding(days: -1 - Int(slot / Self.sequences))
        let sequence = Int(Self.firstSequence + slot % Self.sequences)
        let number = try CitizenNumber(division: area, birthDate: birthDate, sequence: sequence)
        guard !taken.contains(number) else { return }
        let age = birthDate.fullYears(until: today)
        try body(
            .resident(
                ResidentRecord(
                    citizenNumber: number,
                    name: names[Int(random.next() % UInt64(names.count))],
                    sex: number.sex,
                    birthDate: birthDate,
                    division: plan.division,
                    categories: age >= 80 ? ["elderly"] : [],
                    source: LedgerEntry.registrySource
                )
            )
        )
        for card in cards(of: number, index: index, age: age, using: &random) {
            try body(.card(card))
        }
        guard random.next() % TownPlan.residentsPerEntitled == 0 else { return }
        for entitlement in entitlements(of: number, index: index, age: age, using: &random) {
            try body(.entitlement(entitlement))
        }
    }

    // MARK: - Cards

    private func cards(
        of number: CitizenNumber,
        index: Int,
        age: Int,
        using random: inout SplitMix64
    ) -> [CardRecord] {
        let issuedOn = today.adding(days: -Int(random.next() % 1_800) - 1)
        let code = identificationCode(index, copy: 0, check: random.next())
        let status = status(of: Int(random.next() % 1_000))
        let current = CardRecord(
            identificationCode: code,
            cardNumber: cardNumber(index, letter: "T"),
            citizenNumber: number,
            status: status,
            issuedOn: issuedOn,
            expiresOn: issuedOn.adding(months: 240),
            since: issuedOn
        )
        // One in fifty has an older card that this one replaced.
        guard random.next() % 50 == 0 else { return [current] }
        let old = CardRecord(
            identificationCode: identificationCode(index, copy: 1, check: random.next()),
            cardNumber: cardNumber(index, letter: "S"),
            citizenNumber: number,
            status: .replaced,
            issuedOn: issuedOn.adding(months: -96),
            expiresOn: issuedOn.adding(months: 144),
            replacedBy: code,
            since: issuedOn
        )
        return [current, old]
    }

    /// Per mille: lost, cancelled and inactive cards are few.
    private func status(of draw: Int) -> CardStatus {
        switch draw {
        case 0..<8: .tempLost
        case 8..<12: .formallyLost
        case 12..<15: .cancelled
        case 15..<20: .inactive
        default: .normal
        }
    }

    /// City code, registered identifier, 00 or 01, three bytes of the index, four bytes of check data.
    ///
    /// Personas have F0 and above in the first byte of the index.
    private func identificationCode(_ index: Int, copy: UInt8, check: UInt64) -> [UInt8] {
        let serial = (0..<3).map { UInt8(truncatingIfNeeded: index >> (16 - 8 * $0)) }
        let tail = (0..<4).map { UInt8(truncatingIfNeeded: check >> (8 * UInt64($0))) }
        return [0x44, 0x07, 0x03, 0xD1, 0x56, 0x00, 0x00, 0x05, copy] + serial + tail
    }

    private func cardNumber(_ index: Int, letter: String) -> String {
        let digits = String(index)
        return letter + String(repeating: "0", count: max(8 - digits.utf8.count, 0)) + digits
    }

    // MARK: - Benefits

    private func entitlements(
        of number: CitizenNumber,
        index: Int,
        age: Int,
        using random: inout SplitMix64
    ) -> [EntitlementRecord] {
        let count = Self.entitlementCount(draw: Int(random.next() % 100))
        var codes = ProgrammeCode.eight
        if age >= 80 {
            // The old-age allowance comes first for those who are old enough.
            codes.removeAll { $0 == .gaoling }
            codes.insert(.gaoling, at: 0)
        }
        return (0..<count).map { position in
            let choice = age >= 80 && position == 0 ? 0 : Int(random.next() % UInt64(codes.count))
            return entitlement(codes.remove(at: choice), of: number, index: index, using: &random)
        }
    }

    /// How many entitlements a draw of 0...99 stands for.
    private static func entitlementCount(draw: Int) -> Int {
        var rest = draw
        for (index, share) in TownPlan.entitlementShares.enumerated() {
            if rest < share {
                return index + 1
            }
            rest -= share
        }
        return TownPlan.entitlementShares.count
    }

    private func entitlement(
        _ code: ProgrammeCode,
        of number: CitizenNumber,
        index: Int,
        using random: inout SplitMix64
    ) -> EntitlementRecord {
        let programme = TownCatalogue.programmes.first { $0.code == code }
        let amount = Money(fen: Int64(100 + random.next() % 1_900) * 100)
        let account = String(1_000 + Int(random.next() % 9_000))
        var exceptions: [PaymentRule.Exception] = []
        if random.next() % 100 == 0 {
            exceptions.append(
                PaymentRule.Exception(monthsAgo: 1, state: .returned, returnedReason: "account-inactive")
            )
        }
        let rule = PaymentRule(
            amount: amount,
            months: TownPlan.months,
            newestMonthsAgo: 0,
            dueDay: 5 + Int(random.next() % 20),
            exceptions: exceptions
        )
        let state = random.next() % 50 == 0 ? EntitlementState.suspended : .active
        return EntitlementRecord(
            id: "T-\(code.rawValue)-\(index)",
            citizenNumber: number,
            programme: code,
            state: state,
            amount: PeriodMoney(amount: amount, period: .month),
            from: today.yearMonth.adding(months: -TownPlan.months - Int(random.next() % 60)),
            source: programme?.department ?? LedgerEntry.registrySource,
            accountLastFour: account,
            payments: rule.payments(asOf: today, accountLastFour: account)
        )
    }
}
