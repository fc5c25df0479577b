import Benefits
import CivilIdentity
import SeededRandom
import Testing

/// The invariants of DOMAIN.md 4.5 that a statement must keep, over worked and over random views.
@Suite
struct StatementInvariantTests {
    @Test(
        arguments: [
            (0, Freshness.fresh), (24, .fresh), (25, .aged), (168, .aged), (169, .stale), (10_000, .stale),
        ] as [(Int64, Freshness)]
    )
    func inv30AgeOfTheDataDecidesWhatIsShown(_ hours: Int64, _ freshness: Freshness) throws {
        var view = try StatementTests.mrsA()
        view.sources = [SourceFreshness(source: "civil-affairs", asOf: Examples.now - hours * 3_600)]
        let statement = try Examples.statement(view)
        let line = try #require(statement.line(.dibao))
        #expect(statement.freshness == freshness)
        #expect(line.freshness == freshness)
        #expect(line.isEntitled)
        #expect(line.areAmountsWithheld == (freshness == .stale))
        #expect((line.amount == .unknown) == (freshness == .stale))
        #expect(line.history.isEmpty == (freshness == .stale))
        #expect((line.lastPayment == nil) == (freshness == .stale))
        #expect((line.nextPayDay == .unknown) == (freshness == .stale))
        #expect(statement.line(.wubao)?.areAmountsWithheld == false)
    }

    @Test
    func inv30EachLineIsAsFreshAsItsOwnSources() throws {
        var view = try StatementTests.mrsA()
        view.entitlements[2].source = "disabled-federation"
        view.entitlements[3].source = "nobody"
        view.sources.append(SourceFreshness(source: "disabled-federation", asOf: Examples.now - 400 * 3_600))
        let statement = try Examples.statement(view)
        #expect(statement.freshness == .stale)
        #expect(statement.line(.dibao)?.freshness == .fresh)
        #expect(statement.line(.dibao)?.areAmountsWithheld == false)
        #expect(statement.line(.cjhl)?.areAmountsWithheld == true)
        // A source without a date is as good as stale.
        #expect(statement.line(.cjsh)?.areAmountsWithheld == true)
        #expect(statement.line(.cjsh)?.dataAsOf == nil)
        #expect(statement.line(.wubao)?.freshness == .stale)
    }

    @Test
    func inv30ViewWithoutAnySourceIsStale() throws {
        var view = try StatementTests.mrsA()
        view.sources = []
        let statement = try Examples.statement(view)
        #expect(statement.freshness == .stale)
        #expect(statement.dataAsOf == nil)
        #expect(statement.lines.filter(\.isEntitled).allSatisfy { $0.areAmountsWithheld })
    }

    @Test
    func inv15StatementWithoutAmountsKeepsYesAndPayDay() throws {
        let statement = try Examples.statement(StatementTests.mrsA()).withoutAmounts()
        let dibao = try #require(statement.line(.dibao))
        #expect(dibao.isEntitled)
        #expect(dibao.nextPayDay.value?.iso == "2026-08-10")
        #expect(dibao.areAmountsWithheld)
        for line in statement.lines {
            #expect(Self.amounts(of: line).isEmpty)
        }
    }

    @Test
    func inv01SecondEntitlementOfAProgrammeIsListedAndNeverAdded() throws {
        let first = Entitlement(
            id: "E-1",
            programme: .dibao,
            state: .active,
            amount: Examples.yuan(430, .month),
            from: try Examples.month("2024-01"),
            source: "civil-affairs"
        )
        var second = first
        second.id = "E-2"
        second.amount = Examples.yuan(2_200, .year)
        second.from = try Examples.month("2025-01")
        let statement = try Examples.statement(Examples.view([first, second, first]))
        let line = try #require(statement.line(.dibao))
        #expect(line.entitlements.map(\.id) == ["E-2", "E-1"])
        #expect(line.entitlements.map(\.amount) == [second.amount, first.amount])
        #expect(line.amount == .unknown)
        #expect(line.hasDuplicates)
    }

    @Test
    func grantToComeDoesNotHideTheAmountOfToday() throws {
        let present = Entitlement(
            id: "E-1",
            programme: .dibao,
            state: .active,
            amount: Examples.yuan(700),
            to: try Examples.month("2026-07"),
            source: "civil-affairs"
        )
        let next = Entitlement(
            id: "E-2",
            programme: .dibao,
            state: .active,
            amount: Examples.yuan(720),
            from: try Examples.month("2026-08"),
            source: "civil-affairs"
        )
        let line = try #require(try Examples.statement(Examples.view([next, present])).line(.dibao))
        #expect(line.amount.value == Examples.yuan(700))
        #expect(line.entitlements.map(\.state) == [.active, .pending])
        #expect(!line.hasDuplicates)
        // The last month of the present grant is over its pay day: nothing is due from it.
        #expect(line.nextPayDay == .unknown)
    }

    @Test
    func inv14FoldingPendingEventsTwiceChangesNothing() throws {
        var view = try StatementTests.mrsA()
        let july = try Examples.month("2026-07")
        view.pending = [
            .paymentNotified(entitlement: "E-DIBAO", month: july, instalment: 1),
            .paymentNotified(entitlement: "E-DIBAO", month: july, instalment: 1),
            .paymentNotified(entitlement: "E-DIBAO", month: july, instalment: 9),
            .paymentNotified(entitlement: "E-UNKNOWN", month: july, instalment: 1),
        ]
        let folded = view.folded()
        #expect(folded.pending.isEmpty)
        #expect(folded.folded() == folded)
        #expect(folded.entitlements[0].payments.map(\.state).filter { $0 == .notified }.count == 1)
        let line = try #require(try Examples.statement(view).line(.dibao))
        #expect(line.history.first?.state == .notified)
        #expect(line.unseenCredits.count == 11)
        #expect(!line.unseenCredits.contains(PaymentReference(entitlement: "E-DIBAO", month: july, instalment: 1)))
        #expect(line.lastPayment?.month == july)
    }

    @Test
    func foldingTouchesOnlyCreditedPayments() throws {
        for state in PaymentState.allCases {
            let payment = Payment(
                month: try Examples.month("2026-07"),
                instalment: 1,
                amount: Money(fen: 1),
                state: state
            )
            let entitlement = Entitlement(
                id: "E",
                programme: .dibao,
                state: .active,
                source: "civil-affairs",
                payments: [payment]
            )
            let event = PendingEvent.paymentNotified(entitlement: "E", month: payment.month, instalment: 1)
            let folded = try Examples.view([entitlement], pending: [event]).folded()
            #expect(folded.entitlements[0].payments[0].state == (state == .credited ? .notified : state))
        }
    }

    @Test
    func inv07AmountsOfRandomViewsComeOnlyFromTheirEntitlements() throws {
        var random = SplitMix64(seed: 0xBE4E_0001)
        let policy = try Examples.policy()
        for _ in 0..<5_000 {
            let view = try Self.view(&random)
            let statement = try Examples.statement(view, policy)
            #expect(Array(statement.lines.map(\.programme.code).prefix(8)) == ProgrammeCode.eight)
            #expect(Set(statement.lines.map(\.programme.code)).count == statement.lines.count)
            #expect(Set(view.entitlements.map(\.programme)).isSubset(of: statement.lines.map(\.programme.code)))
            for line in statement.lines {
                let own = view.entitlements.filter { $0.programme == line.programme.code }
                let known = Set(own.compactMap(\.amount?.amount) + own.flatMap(\.payments).map(\.amount))
                #expect(Set(Self.amounts(of: line)).isSubset(of: known))
                #expect(line.isEntitled == own.contains { $0.state(in: Examples.today.yearMonth).isEntitled })
                #expect(line.freshness != .stale || Self.amounts(of: line).isEmpty)
                #expect(line.history.count <= line.entitlements.flatMap(\.payments).count)
                #expect(line.nextPayDay.value.map { $0 >= Examples.today } ?? true)
                #expect(Self.amounts(of: line.withoutAmounts()).isEmpty)
            }
        }
    }

    @Test
    func inv19DescriptionsTellNoAmountsAndNoAccounts() throws {
        let view = try StatementTests.mrsA()
        let statement = try Examples.statement(view)
        var dumped = ""
        dump(view, to: &dumped)
        dump(statement, to: &dumped)
        dump(view.entitlements, to: &dumped)
        dumped += "\(view) \(statement) \(view.entitlements) \(view.entitlements[0].payments)"
        dumped += String(reflecting: statement) + String(reflecting: view)
        #expect(!dumped.contains("720"))
        #expect(!dumped.contains("72000"))
        #expect(!dumped.contains("0004"))
    }

    /// Every amount that stands anywhere on a line.
    private static func amounts(of line: StatementLine) -> [Money] {
        [line.amount.value?.amount, line.lastPayment?.amount].compactMap(\.self)
            + (line.history + line.returned).map(\.amount) + line.entitlements.compactMap(\.amount?.amount)
            + line.entitlements.flatMap(\.payments).map(\.amount)
    }

    private static func view(_ random: inout SplitMix64) throws -> LedgerView {
        let extra = try #require(ProgrammeCode(rawValue: "JIAGE"))
        let codes = ProgrammeCode.eight + [extra]
        let base = try Examples.month("2024-08")
        var entitlements: [Entitlement] = []
        for index in 0..<random.below(5) {
            var payments: [Payment] = []
            for _ in 0..<random.below(6) {
                payments.append(
                    Payment(
                        month: base.adding(months: random.below(26)),
                        instalment: random.below(3),
                        amount: Money(fen: Int64(random.below(1_000_000))),
                        state: PaymentState.allCases[random.below(PaymentState.allCases.count)],
                        dueOn: random.below(2) == 0 ? nil : base.firstDay.adding(days: random.below(800)),
                        creditedOn: random.below(2) == 0 ? nil : base.firstDay.adding(days: random.below(800))
                    )
                )
            }
            entitlements.append(
                Entitlement(
                    id: "E-\(index)",
                    programme: codes[random.below(codes.count)],
                    state: EntitlementState.allCases[random.below(EntitlementState.allCases.count)],
                    amount: random.below(3) == 0 ? nil : Examples.yuan(Int64(random.below(3_000))),
                    from: random.below(2) == 0 ? nil : base.adding(months: random.below(30)),
                    to: random.below(2) == 0 ? nil : base.adding(months: random.below(40)),
                    source: ["civil-affairs", "social-insurance", "nobody"][random.below(3)],
                    payments: payments
                )
            )
        }
        let sources = ["civil-affairs", "social-insurance"].map { source in
            SourceFreshness(source: source, asOf: Examples.now - Int64(random.below(200)) * 3_600)
        }
        return LedgerView(residentKey: try Examples.resident(), entitlements: entitlements, sources: sources)
    }
}
