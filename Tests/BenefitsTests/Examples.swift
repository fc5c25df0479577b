import Benefits
import CivilIdentity

/// Building blocks of the examples: a fictitious city, a resident and a clock.
enum Examples: Sendable {
    static let residentKey = PseudonymKey(keyID: 1, material: Array(0..<32))

    /// 2026-07-15, noon in China.
    static let now: Int64 = 1_784_088_000
    static let today = CivilDate(secondsSince1970: now)

    static func resident() throws -> ResidentKey {
        residentKey.residentKey(try CitizenNumber("99999919400315001X"))
    }

    static func month(_ iso: String) throws -> YearMonth { try YearMonth(iso: iso) }

    static func day(_ iso: String) throws -> CivilDate { try CivilDate(iso: iso) }

    static func yuan(_ yuan: Int64, _ period: Period = .month) -> PeriodMoney {
        PeriodMoney(amount: Money(fen: yuan * 100), period: period)
    }

    static func policy(
        payDay: Known<Int> = .known(10, citation: nil),
        minimumAge: Known<Int> = .known(80, citation: nil),
        isFictitious: Bool = true
    ) throws -> BenefitPolicy {
        let programmes = ProgrammeCode.eight.map { code in
            Programme(
                code: code,
                name: BilingualText(chinese: "项目\(code)", english: "Programme \(code)"),
                category: .living,
                department: "civil-affairs",
                departmentName: BilingualText(chinese: "市民政局", english: "Civil Affairs Bureau"),
                unit: .person
            )
        }
        var rules: [ProgrammeCode: ProgrammeRules] = [:]
        for code in ProgrammeCode.eight {
            rules[code] = ProgrammeRules(payDay: payDay, minimumAge: code == .gaoling ? minimumAge : nil)
        }
        return BenefitPolicy(
            packID: "example-1",
            division: try DivisionCode("440700"),
            city: BilingualText(chinese: "示例市", english: "Example City"),
            isFictitious: isFictitious,
            effectiveFrom: try day("2014-01-08"),
            programmes: programmes,
            rules: rules
        )
    }

    /// Credited payments of the months before and including one month, newest first.
    static func payments(
        until last: String,
        count: Int,
        yuan: Int64,
        state: PaymentState = .credited
    ) throws -> [Payment] {
        let last = try month(last)
        return (0..<count).map { distance in
            let month = last.adding(months: -distance)
            return Payment(
                month: month,
                instalment: 1,
                amount: Money(fen: yuan * 100),
                state: state,
                creditedOn: month.day(10),
                accountLastFour: "0004"
            )
        }
    }

    static func view(
        _ entitlements: [Entitlement],
        asOf: Int64 = now - 3_600,
        pending: [PendingEvent] = []
    ) throws -> LedgerView {
        LedgerView(
            residentKey: try resident(),
            entitlements: entitlements,
            sources: [SourceFreshness(source: "civil-affairs", asOf: asOf)],
            pending: pending
        )
    }

    static func statement(_ view: LedgerView, _ policy: BenefitPolicy? = nil) throws -> Statement {
        Benefits.statement(view, policy: try policy ?? Self.policy(), today: today, now: now)
    }
}

extension Statement {
    func line(_ code: ProgrammeCode) -> StatementLine? { lines.first { $0.programme.code == code } }
}
