import Benefits
import CivilIdentity
import Station

extension PageRenderer {
    /// Benefits that are drawn as tiles; more of them are drawn as a list, so that all stand on the screen at once.
    private static let tilesMax = 4

    func benefits(_ screen: BenefitsScreen, _ words: PageWords) -> PageBody {
        let statement = screen.statement
        let owned = statement.lines.filter { $0.state != nil }
        let absent = statement.lines.filter { $0.state == nil }
        let cards = owned.map { card($0, of: statement, words) }
        return PageBody(
            kind: "benefits",
            view: [
                "maskedName": screen.maskedName,
                "owned": cards,
                "ownedCount": String(cards.count),
                "many": cards.count > Self.tilesMax,
                "hasOwned": !cards.isEmpty,
                "absent": absent.map { chip($0, words) },
                "hasAbsent": !absent.isEmpty,
            ],
            buttons: [.finish, .moreTime],
            countsDown: true,
            showsData: true,
            data: statement.dataAsOf.map { ($0, statement.freshness) }
        )
    }

    func history(_ screen: HistoryScreen, _ words: PageWords) -> PageBody {
        let line = screen.line
        let accounts = Set(line.history.map(\.accountLastFour))
        let rows = line.history.map { row($0, words, withAccount: accounts.count > 1) }
        return PageBody(
            kind: "history",
            view: [
                "programme": words.name(line.programme),
                "withheld": line.areAmountsWithheld,
                "hasReturned": !line.returned.isEmpty || line.history.contains { $0.state == .returned },
                "hasRows": !rows.isEmpty,
                "rows": rows,
                "account": PageView.section("account", accounts.count == 1 ? accounts.first ?? nil : nil),
            ],
            buttons: [.back, .finish, .moreTime],
            countsDown: true,
            showsData: true,
            data: line.dataAsOf.map { ($0, screen.freshness) }
        )
    }

    private func chip(_ line: StatementLine, _ words: PageWords) -> PageView {
        let isUnknown = !line.policyUnknowns.isEmpty
        return [
            "code": line.programme.code.rawValue,
            "name": words.name(line.programme),
            "note": PageView.section("noteText", isUnknown ? words.table.text("value.unknown") : nil),
        ]
    }

    private func card(_ line: StatementLine, of statement: Statement, _ words: PageWords) -> PageView {
        let state = line.state ?? .ended
        let taper = state == .tapering ? line.entitlements.first?.taperMonthsLeft : nil
        let showsOwnDate = line.freshness != statement.freshness
        return [
            "code": line.programme.code.rawValue,
            "name": words.name(line.programme),
            "state": state.rawValue,
            "stateText": words.table.text("state.\(state.rawValue)"),
            "taper": PageView.section("taperMonthsLeft", taper.map { String($0) }),
            "amount": amount(line, words),
            "amountMissing": line.amount.value == nil,
            "last": lastPayment(line, words),
            "next": nextPayDay(line, words),
            "hasReturned": !line.returned.isEmpty,
            "returnedCount": String(line.returned.count),
            "ownDate": PageView.section("lineAsOf", showsOwnDate ? line.dataAsOf.map(words.format.instant) : nil),
        ]
    }

    /// The amount, or why there is none; never a guess (INV-28, INV-30).
    ///
    /// Each part stays in one line.
    private func amount(_ line: StatementLine, _ words: PageWords) -> [String] {
        if let amount = line.amount.value { return words.format.money(amount) }
        if line.areAmountsWithheld { return [words.table.text("value.stale")] }
        return [words.table.text(line.hasDuplicates ? "value.several" : "value.unknown")]
    }

    private func lastPayment(_ line: StatementLine, _ words: PageWords) -> [String] {
        guard let payment = line.lastPayment else {
            return [words.table.text(line.areAmountsWithheld ? "value.stale" : "benefits.no-payment")]
        }
        let day = payment.creditedOn.map(words.format.day) ?? words.format.month(payment.month)
        return [day, words.format.money(payment.amount)]
    }

    private func nextPayDay(_ line: StatementLine, _ words: PageWords) -> [String] {
        if let day = line.nextPayDay.value { return [words.format.day(day)] }
        if line.areAmountsWithheld { return [words.table.text("value.stale")] }
        return [words.table.text(line.policyUnknowns.contains(.payDay) ? "value.day-unknown" : "benefits.no-next")]
    }

    private func row(_ payment: Payment, _ words: PageWords, withAccount: Bool) -> PageView {
        [
            "state": payment.state.rawValue,
            "month": words.format.month(payment.month),
            "instalment": PageView.section("instalment", payment.instalment > 1 ? String(payment.instalment) : nil),
            "amount": words.format.money(payment.amount),
            "stateText": words.table.text("payment.\(payment.state.rawValue)"),
            "detail": PageView.section("detailText", detail(payment, words, withAccount: withAccount)),
        ]
    }

    /// When and, where it is not the same for all, to which account the money came; when it is due; why it came back.
    private func detail(_ payment: Payment, _ words: PageWords, withAccount: Bool) -> String? {
        var parts: [String] = []
        switch payment.state {
        case .returned:
            parts.append(words.returnReason(payment.returnedReason))
        case .planned, .instructed, .reissued:
            if let day = payment.dueOn {
                parts.append(words.table.text("history.due", ["due": words.format.day(day)]))
            }
        case .credited, .notified, .reversed:
            if let day = payment.creditedOn { parts.append(words.format.day(day)) }
        }
        if withAccount, let account = payment.accountLastFour {
            parts.append(words.table.text("history.account", ["account": account]))
        }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }
}
