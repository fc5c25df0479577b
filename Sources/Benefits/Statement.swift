/// What a person is entitled to, line by line, with the age of the data.
public struct Statement: Hashable, Sendable {
    /// The eight programmes of the card in their order, then any other that the person has.
    public var lines: [StatementLine]
    /// The date of the oldest source in seconds since 1970 UTC; nil when no source has a date.
    public var dataAsOf: Int64?
    /// How fresh the oldest source is; a line may be fresher.
    public var freshness: Freshness
    /// The policy pack behind it (INV-07).
    public var packID: String
    /// Whether that pack holds today.
    public var isPolicyEffective: Bool

    /// Creates a statement.
    public init(
        lines: [StatementLine],
        dataAsOf: Int64?,
        freshness: Freshness,
        packID: String,
        isPolicyEffective: Bool
    ) {
        self.lines = lines
        self.dataAsOf = dataAsOf
        self.freshness = freshness
        self.packID = packID
        self.isPolicyEffective = isPolicyEffective
    }

    /// The statement for somebody who may not see amounts: yes or no, state and next pay day (INV-15).
    ///
    /// - Returns: the same lines, each without amounts and payments.
    public func withoutAmounts() -> Statement {
        var result = self
        result.lines = lines.map { $0.withoutAmounts() }
        return result
    }
}
