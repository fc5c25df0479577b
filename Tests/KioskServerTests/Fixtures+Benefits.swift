import Benefits
import CivilIdentity
import Station

extension Fixtures {
    static func benefits() throws -> [Fixture] {
        let four = try statement([.dibao, .gaoling, .cjhl, .cjsh])
        return [
            Fixture(name: "benefits-four", presentation: screen(four)),
            Fixture(name: "benefits-eight", presentation: screen(try statement(ProgrammeCode.eight))),
            Fixture(name: "benefits-none", presentation: screen(try statement([]))),
            Fixture(name: "benefits-unknown", presentation: screen(try unknown())),
            Fixture(name: "benefits-states", presentation: screen(try states())),
            Fixture(name: "benefits-stale", presentation: screen(stale(four), freshness: .stale)),
            Fixture(name: "history", presentation: history(try line(.dibao, entitled: true, months: 12, faults: true))),
            Fixture(name: "history-instalments", presentation: history(try instalments())),
            Fixture(name: "history-empty", presentation: history(try line(.gaoling, entitled: true, months: 0))),
            Fixture(
                name: "history-withheld",
                presentation: history(try line(.dibao, entitled: true, months: 12).withoutAmounts(), freshness: .stale)
            ),
        ]
    }

    static func programme(_ code: ProgrammeCode) -> Programme {
        let names: [ProgrammeCode: (String, String)] = [
            .dibao: ("低保金", "Subsistence allowance"), .wubao: ("五保金", "Five-guarantee support"),
            .linshi: ("临时救助", "Temporary assistance"), .youfu: ("抚恤优待", "Veterans' compensation"),
            .gaoling: ("高龄津贴", "Old-age allowance"), .shiye: ("失业保险金", "Unemployment benefit"),
            .cjhl: ("重度残疾人护理补贴", "Severe disability nursing subsidy"),
            .cjsh: ("低保残疾人生活津贴", "Disability living allowance"),
        ]
        let name = names[code] ?? (code.rawValue, "")
        return Programme(
            code: code,
            name: BilingualText(chinese: name.0, english: name.1),
            category: .living,
            department: "civil-affairs",
            departmentName: BilingualText(chinese: "民政局", english: "Civil affairs"),
            unit: .person
        )
    }

    static func statement(_ owned: [ProgrammeCode]) throws -> Statement {
        Statement(
            lines: try ProgrammeCode.eight.map { try line($0, entitled: owned.contains($0), months: 12) },
            dataAsOf: asOf,
            freshness: .fresh,
            packID: "fixture",
            isPolicyEffective: true
        )
    }

    static func line(
        _ code: ProgrammeCode,
        entitled: Bool,
        months: Int = 12,
        faults: Bool = false
    ) throws -> StatementLine {
        let amounts: [ProgrammeCode: Int64] = [
            .dibao: 86_000, .gaoling: 10_000, .cjhl: 23_456, .cjsh: 19_500, .youfu: 123_456_700, .wubao: 240_000,
            .linshi: 120_000, .shiye: 171_000,
        ]
        let money = Money(fen: amounts[code] ?? 100)
        let payments = entitled ? try payments(money, months, faults) : []
        let period: Period = code == .wubao ? .year : code == .linshi ? .once : .month
        let entitlement = Entitlement(
            id: "E-\(code.rawValue)",
            programme: code,
            state: .active,
            amount: PeriodMoney(amount: money, period: period),
            source: "fixture",
            payments: payments
        )
        let next: Known<CivilDate> = entitled ? .known(try CivilDate(iso: "2026-07-10"), citation: nil) : .unknown
        return StatementLine(
            programme: programme(code),
            isEntitled: entitled,
            state: entitled ? .active : nil,
            amount: entitled ? .known(PeriodMoney(amount: money, period: period), citation: nil) : .unknown,
            entitlements: entitled ? [entitlement] : [],
            lastPayment: payments.first { $0.state.isPaid },
            nextPayDay: next,
            history: payments,
            returned: payments.filter { $0.state == .returned },
            policyUnknowns: code == .gaoling && !entitled ? [.minimumAge] : [],
            dataAsOf: asOf,
            freshness: .fresh,
            isFictitious: true
        )
    }

    private static func payments(_ money: Money, _ count: Int, _ faults: Bool) throws -> [Payment] {
        let newest = try YearMonth(iso: "2026-06")
        return (0..<count).map { index in
            let month = newest.adding(months: -index)
            var payment = Payment(
                month: month,
                instalment: 1,
                amount: money,
                state: index == 0 ? .credited : .notified,
                dueOn: month.day(10),
                creditedOn: month.day(10),
                accountLastFour: "0018"
            )
            guard faults else { return payment }
            if index == 0 { payment.state = .instructed }
            if index == 2 {
                payment.state = .returned
                payment.returnedReason = "account-closed"
            }
            if index == 5 {
                payment.state = .returned
                payment.returnedReason = "never-heard-of"
            }
            return payment
        }
    }

    private static func instalments() throws -> StatementLine {
        var line = try line(.linshi, entitled: true, months: 4)
        line.history = line.history.flatMap { payment -> [Payment] in
            (1...2).map { instalment in
                var copy = payment
                copy.instalment = instalment
                return copy
            }
        }
        return line
    }

    private static func unknown() throws -> Statement {
        var statement = try statement([.dibao, .linshi, .cjhl])
        statement.lines[0].amount = .unknown
        statement.lines[0].nextPayDay = .unknown
        statement.lines[0].policyUnknowns = [.payDay]
        statement.lines[2].nextPayDay = .unknown
        statement.lines[2].amount = .unknown
        statement.lines[2].entitlements.append(contentsOf: statement.lines[2].entitlements)
        statement.lines[6].lastPayment = nil
        statement.lines[6].returned = Array(statement.lines[6].history.prefix(2))
        statement.lines[6].freshness = .aged
        return statement
    }

    private static func states() throws -> Statement {
        var statement = try statement([.dibao, .wubao, .youfu, .gaoling, .shiye])
        let states: [(Int, EntitlementState)] = [(0, .tapering), (1, .suspended), (3, .pending), (5, .ended)]
        for (index, state) in states {
            statement.lines[index].state = state
            statement.lines[index].isEntitled = state.isEntitled
        }
        statement.lines[0].entitlements[0].taperMonthsLeft = 2
        statement.lines[5].nextPayDay = .unknown
        return statement
    }

    private static func stale(_ statement: Statement) -> Statement {
        var statement = statement.withoutAmounts()
        statement.freshness = .stale
        for index in statement.lines.indices {
            statement.lines[index].freshness = .stale
            statement.lines[index].nextPayDay = .unknown
        }
        return statement
    }

    private static func screen(_ statement: Statement, freshness: Freshness = .fresh) -> Presentation {
        presentation(
            .benefits(BenefitsScreen(maskedName: "张*", statement: statement)),
            secondsLeft: 45,
            freshness: freshness
        )
    }

    private static func history(_ line: StatementLine, freshness: Freshness = .fresh) -> Presentation {
        presentation(.history(HistoryScreen(line: line, freshness: freshness)), secondsLeft: 45, freshness: freshness)
    }
}
