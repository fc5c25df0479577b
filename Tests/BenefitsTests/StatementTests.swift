import Benefits
import CivilIdentity
import Testing

@Suite
struct StatementTests {
    /// Mrs A of journey J1: 84 or older, dibao household, nursing subsidy and living allowance.
    static func mrsA() throws -> LedgerView {
        let from = try Examples.month("2020-01")
        let programmes: [(ProgrammeCode, Int64)] = [(.dibao, 720), (.gaoling, 100), (.cjhl, 250), (.cjsh, 200)]
        return try Examples.view(
            programmes.map { code, yuan in
                Entitlement(
                    id: "E-\(code)",
                    programme: code,
                    state: .active,
                    amount: Examples.yuan(yuan),
                    from: from,
                    source: "civil-affairs",
                    payments: try Examples.payments(until: "2026-07", count: 24, yuan: yuan)
                )
            }
        )
    }

    @Test
    func mrsAHasFourOfEightBenefits() throws {
        let statement = try Examples.statement(Self.mrsA())
        #expect(statement.lines.map(\.programme.code) == ProgrammeCode.eight)
        #expect(statement.lines.filter(\.isEntitled).map(\.programme.code) == [.dibao, .gaoling, .cjhl, .cjsh])
        #expect(statement.freshness == .fresh)
        #expect(statement.dataAsOf == Examples.now - 3_600)
        let dibao = try #require(statement.line(.dibao))
        #expect(dibao.amount == .known(Examples.yuan(720), citation: nil))
        #expect(dibao.lastPayment?.creditedOn?.iso == "2026-07-10")
        #expect(dibao.nextPayDay.value?.iso == "2026-08-10")
        #expect(dibao.history.count == 12)
        #expect(dibao.history.first?.month.iso == "2026-07")
        #expect(dibao.history.last?.month.iso == "2025-08")
        #expect(dibao.unseenCredits.count == 12)
        #expect(dibao.returned.isEmpty)
        #expect(dibao.isFictitious)
        let wubao = try #require(statement.line(.wubao))
        #expect(wubao.state == nil)
        #expect(wubao.amount == .unknown)
        #expect(wubao.nextPayDay == .unknown)
    }

    @Test
    func personWithoutAnythingGetsEightEmptyLines() throws {
        let statement = try Examples.statement(Examples.view([]))
        #expect(statement.lines.count == 8)
        #expect(statement.lines.allSatisfy { !$0.isEntitled && $0.state == nil && $0.history.isEmpty })
        #expect(statement.lines.allSatisfy { !$0.areAmountsWithheld })
    }

    @Test
    func programmesBeyondTheEightFollowByCode() throws {
        let codes = try ["ZFJZ", "JIAGE", "DIBAO"].map { try #require(ProgrammeCode(rawValue: $0)) }
        let view = try Examples.view(
            codes.map { Entitlement(id: "E-\($0)", programme: $0, state: .active, source: "civil-affairs") }
        )
        let statement = try Examples.statement(view)
        #expect(statement.lines.map(\.programme.code.rawValue).suffix(2) == ["JIAGE", "ZFJZ"])
        #expect(statement.lines.last?.programme.name.chinese == "ZFJZ")
        #expect(statement.lines.last?.programme.department == "")
    }

    @Test
    func inv28UnknownPayDayStaysUnknownAndIsNamed() throws {
        let policy = try Examples.policy(payDay: .unknown, minimumAge: .unknown, isFictitious: false)
        let statement = try Examples.statement(Self.mrsA(), policy)
        let dibao = try #require(statement.line(.dibao))
        #expect(dibao.nextPayDay == .unknown)
        #expect(dibao.policyUnknowns == [.payDay])
        #expect(!dibao.isFictitious)
        #expect(statement.line(.wubao)?.policyUnknowns == [])
    }

    @Test
    func inv28UnknownAgeIsNamedToWhomHasNoOldAgeAllowance() throws {
        let policy = try Examples.policy(minimumAge: .unknown)
        let without = try Examples.statement(Examples.view([]), policy)
        #expect(without.line(.gaoling)?.policyUnknowns == [.minimumAge])
        #expect(without.line(.dibao)?.policyUnknowns == [])
        #expect(try Examples.statement(Self.mrsA(), policy).line(.gaoling)?.policyUnknowns == [])
    }

    @Test(
        arguments: [
            ("2026-07-15", [], "2026-08-10"), ("2026-07-09", [], "2026-07-10"), ("2026-07-10", [], "2026-07-10"),
            ("2026-07-10", [("2026-07", "2026-07-10")], "2026-08-10"),
            ("2026-07-09", [("2026-07", "2026-07-08")], "2026-08-10"),
            ("2026-07-05", [("2026-07", "2026-06-30")], "2026-08-10"),
            ("2026-07-05", [("2026-07", "2026-06-30"), ("2026-08", "2026-06-30")], "2026-09-10"),
            ("2026-07-05", [("2026-06", "2026-07-02")], "2026-07-10"),
            ("2026-07-10", [("2026-06", "2026-07-10")], "2026-08-10"), ("2026-12-20", [], "2027-01-10"),
        ] as [(String, [(String, String)], String)]
    )
    func nextPayDayPassesOverAMonthWhoseMoneyHasCome(
        _ today: String,
        _ credited: [(month: String, day: String)],
        _ next: String
    ) throws {
        let payments = try credited.map { month, day in
            Payment(
                month: try Examples.month(month),
                instalment: 1,
                amount: Money(fen: 1),
                state: .credited,
                creditedOn: try Examples.day(day)
            )
        }
        let entitlement = Entitlement(
            id: "E",
            programme: .dibao,
            state: .active,
            amount: Examples.yuan(1),
            source: "civil-affairs",
            payments: payments
        )
        let day = try Examples.day(today)
        let statement = Benefits.statement(
            try Examples.view([entitlement], asOf: day.secondsSince1970),
            policy: try Examples.policy(),
            today: day,
            now: day.secondsSince1970
        )
        #expect(statement.line(.dibao)?.nextPayDay.value?.iso == next)
    }

    @Test
    func payDayStandsWhileAPartOfTheMonthIsStillOnItsWay() throws {
        let payments = try [PaymentState.planned, .credited].enumerated().map { index, state in
            Payment(
                month: try Examples.month("2026-07"),
                instalment: 2 - index,
                amount: Money(fen: 1),
                state: state,
                creditedOn: state == .credited ? try Examples.day("2026-07-02") : nil
            )
        }
        let entitlement = Entitlement(
            id: "E",
            programme: .dibao,
            state: .active,
            amount: Examples.yuan(1),
            source: "civil-affairs",
            payments: payments
        )
        let today = try Examples.day("2026-07-05")
        let statement = Benefits.statement(
            try Examples.view([entitlement], asOf: today.secondsSince1970),
            policy: try Examples.policy(),
            today: today,
            now: today.secondsSince1970
        )
        #expect(statement.line(.dibao)?.nextPayDay.value?.iso == "2026-07-10")
    }

    @Test
    func payDayBeyondTheEndOfAMonthIsItsLastDay() throws {
        let entitlement = Entitlement(id: "E", programme: .dibao, state: .active, source: "civil-affairs")
        let today = try Examples.day("2026-02-01")
        let statement = Benefits.statement(
            try Examples.view([entitlement], asOf: today.secondsSince1970),
            policy: try Examples.policy(payDay: .known(31, citation: "document, clause")),
            today: today,
            now: today.secondsSince1970
        )
        #expect(statement.line(.dibao)?.nextPayDay.value?.iso == "2026-02-28")
        #expect(statement.line(.dibao)?.nextPayDay.citation == "document, clause")
    }

    @Test
    func dateThatTheSourceGivesGoesBeforeThePayDayOfThePolicy() throws {
        let planned = Payment(
            month: try Examples.month("2026-07"),
            instalment: 2,
            amount: Money(fen: 50_000),
            state: .planned,
            dueOn: try Examples.day("2026-07-28")
        )
        let entitlement = Entitlement(
            id: "E",
            programme: .linshi,
            state: .active,
            amount: Examples.yuan(1_000, .once),
            source: "civil-affairs",
            payments: [planned]
        )
        let line = try #require(try Examples.statement(Examples.view([entitlement])).line(.linshi))
        #expect(line.nextPayDay.value?.iso == "2026-07-28")
        #expect(line.lastPayment == nil)
    }

    @Test(arguments: [Period.once, .quarter, .year])
    func monthlyPayDayIsNotAppliedToOtherPeriods(_ period: Period) throws {
        let entitlement = Entitlement(
            id: "E",
            programme: .youfu,
            state: .active,
            amount: Examples.yuan(2_200, period),
            source: "civil-affairs"
        )
        let line = try #require(try Examples.statement(Examples.view([entitlement])).line(.youfu))
        #expect(line.nextPayDay == .unknown)
        #expect(line.policyUnknowns == [])
    }

    @Test(arguments: [EntitlementState.suspended, .pending, .ended])
    func stateThatIsNotPaidHasNoPayDay(_ state: EntitlementState) throws {
        let entitlement = Entitlement(
            id: "E",
            programme: .dibao,
            state: state,
            amount: Examples.yuan(720),
            source: "civil-affairs",
            payments: try Examples.payments(until: "2026-05", count: 3, yuan: 720)
        )
        let line = try #require(try Examples.statement(Examples.view([entitlement])).line(.dibao))
        #expect(line.nextPayDay == .unknown)
        #expect(line.isEntitled == (state == .suspended))
        #expect(line.state == state)
        #expect(line.history.count == 3)
    }

    @Test
    func endedEntitlementStaysVisibleAndIsNoEntitlement() throws {
        let entitlement = Entitlement(
            id: "E",
            programme: .shiye,
            state: .ended,
            amount: Examples.yuan(1_500),
            from: try Examples.month("2025-10"),
            to: try Examples.month("2026-03"),
            source: "civil-affairs",
            payments: try Examples.payments(until: "2026-03", count: 6, yuan: 1_500)
        )
        let line = try #require(try Examples.statement(Examples.view([entitlement])).line(.shiye))
        #expect(!line.isEntitled)
        #expect(line.state == .ended)
        #expect(line.amount == .unknown)
        #expect(line.entitlements.count == 1)
        #expect(line.history.count == 6)
        #expect(line.lastPayment?.month.iso == "2026-03")
    }

    @Test(arguments: [
        ("2021-04-30", EntitlementState.tapering, true), ("2021-05-01", .ended, false),
    ])
    func inv13TaperEndsByItselfAfterItsLastMonth(_ today: String, _ state: EntitlementState, _ entitled: Bool) throws {
        // Exit approved on 2021-01-31: February, March and April are paid.
        let entitlement = Entitlement(
            id: "E",
            programme: .dibao,
            state: .tapering,
            amount: Examples.yuan(720),
            from: try Examples.month("2019-01"),
            to: try Examples.month("2021-04"),
            source: "civil-affairs"
        )
        let day = try Examples.day(today)
        let view = LedgerView(
            residentKey: try Examples.resident(),
            entitlements: [entitlement],
            sources: [SourceFreshness(source: "civil-affairs", asOf: day.secondsSince1970)]
        )
        let policy = try Examples.policy()
        let statement = Benefits.statement(view, policy: policy, today: day, now: day.secondsSince1970)
        #expect(statement.line(.dibao)?.state == state)
        #expect(statement.line(.dibao)?.isEntitled == entitled)
        #expect(statement.line(.dibao)?.nextPayDay == .unknown)
    }

    @Test
    func returnedPaymentIsShownHoweverOldItIs() throws {
        let payments = [
            Payment(
                month: try Examples.month("2025-01"),
                instalment: 1,
                amount: Money(fen: 72_000),
                state: .returned,
                returnedReason: "account-not-active"
            )
        ]
        let entitlement = Entitlement(
            id: "E",
            programme: .dibao,
            state: .active,
            source: "civil-affairs",
            payments: payments
        )
        let line = try #require(try Examples.statement(Examples.view([entitlement])).line(.dibao))
        #expect(line.returned == payments)
        #expect(line.history.isEmpty)
        #expect(line.lastPayment == nil)
    }

    @Test
    func lastPaymentIsTheOneThatLandedLast() throws {
        let late = Payment(
            month: try Examples.month("2026-04"),
            instalment: 1,
            amount: Money(fen: 4),
            state: .notified,
            creditedOn: try Examples.day("2026-07-12")
        )
        let payments = try Examples.payments(until: "2026-07", count: 3, yuan: 720) + [late]
        let entitlement = Entitlement(
            id: "E",
            programme: .dibao,
            state: .active,
            source: "civil-affairs",
            payments: payments
        )
        let line = try #require(try Examples.statement(Examples.view([entitlement])).line(.dibao))
        #expect(line.lastPayment == late)
        #expect(line.history.map(\.month.iso) == ["2026-07", "2026-06", "2026-05", "2026-04"])
    }

    @Test
    func policyOutsideItsTimeIsUsedAndSaidSo() throws {
        var policy = try Examples.policy()
        #expect(try Examples.statement(Self.mrsA(), policy).isPolicyEffective)
        policy.effectiveTo = try Examples.day("2020-12-31")
        let statement = try Examples.statement(Self.mrsA(), policy)
        #expect(!statement.isPolicyEffective)
        #expect(statement.packID == "example-1")
        #expect(statement.line(.dibao)?.isEntitled == true)
    }
}
