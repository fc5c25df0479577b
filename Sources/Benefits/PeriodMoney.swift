/// An amount together with its period, as its source states it.
public struct PeriodMoney: Hashable, Sendable, CustomStringConvertible {
    /// The amount for one period.
    public var amount: Money
    /// The period.
    public var period: Period

    /// Creates from amount and period.
    public init(amount: Money, period: Period) {
        self.amount = amount
        self.period = period
    }

    /// The amount and the period: `1234.56/month`.
    public var description: String { "\(amount)/\(period.rawValue)" }
}
