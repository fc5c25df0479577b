import Benefits
import CivilIdentity
import Station

/// What `onecard statement --json` prints (`Documentation/Statement.md`).
struct StatementReport: Encodable {
    struct Amount: Encodable {
        var fen: Int64
        var period: String
    }

    struct PaymentRow: Encodable {
        var month: String
        var instalment: Int
        var fen: Int64
        var state: String
        @Nullable var creditedOn: String?
        @Nullable var returnedReason: String?
    }

    struct Line: Encodable {
        var programme: String
        var name: String
        var category: String
        var department: String
        var entitled: Bool
        @Nullable var state: String?
        @Nullable var amount: Amount?
        @Nullable var lastPayment: PaymentRow?
        @Nullable var nextPayDay: String?
        var history: [PaymentRow]
        var returned: [PaymentRow]
        var amountsWithheld: Bool
        var fictitious: Bool
    }

    var level: String
    var cardAuthentication: String
    var name: String
    @Nullable var dataAsOf: String?
    @Nullable var freshness: String?
    @Nullable var benefits: [Line]?
    var warnings: [String]

    init(_ assessment: CardAssessment) {
        level = "\(assessment.decision.level)"
        cardAuthentication = assessment.decision.authentication.rawValue
        name = assessment.maskedName
        dataAsOf = assessment.statement?.dataAsOf.map(Instant.iso)
        freshness = assessment.statement?.freshness.rawValue
        benefits = assessment.statement?.lines.map(Self.line)
        warnings = assessment.warnings
    }

    /// The report for people.
    var lines: [String] {
        var lines = ["level        \(level), card authentication \(cardAuthentication)", "name         \(name)"]
        if let dataAsOf { lines.append("data as of   \(dataAsOf) (\(freshness ?? "unknown"))") }
        for line in benefits ?? [] where line.entitled {
            var text = "\(line.programme.padding(to: 12)) \(line.name)"
            if let amount = line.amount { text += "  \(Money(fen: amount.fen))/\(amount.period)" }
            if let day = line.nextPayDay { text += "  next \(day)" }
            lines.append(text)
        }
        return lines
    }

    private static func line(_ line: StatementLine) -> Line {
        Line(
            programme: line.programme.code.rawValue,
            name: line.programme.name.english,
            category: line.programme.category.rawValue,
            department: line.programme.department,
            entitled: line.isEntitled,
            state: line.state?.rawValue,
            amount: line.amount.value.map { Amount(fen: $0.amount.fen, period: $0.period.rawValue) },
            lastPayment: line.lastPayment.map(payment),
            nextPayDay: line.nextPayDay.value?.iso,
            history: line.history.map(payment),
            returned: line.returned.map(payment),
            amountsWithheld: line.areAmountsWithheld,
            fictitious: line.isFictitious
        )
    }

    private static func payment(_ payment: Payment) -> PaymentRow {
        PaymentRow(
            month: payment.month.iso,
            instalment: payment.instalment,
            fen: payment.amount.fen,
            state: payment.state.rawValue,
            creditedOn: payment.creditedOn?.iso,
            returnedReason: payment.returnedReason
        )
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        count >= width ? self : self + String(repeating: " ", count: width - count)
    }
}
