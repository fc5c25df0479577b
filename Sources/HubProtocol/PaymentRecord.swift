public import Benefits
public import CivilIdentity

/// One payment of an entitlement; described without the account.
public struct PaymentRecord: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The month it is for.
    public var month: YearMonth
    /// Number among the payments of the month, 0 to 99; 0 is first aid before the decision.
    public var instalment: Int
    /// How much.
    public var amount: Money
    /// How far it is.
    public var state: PaymentState
    /// When it is due.
    public var dueOn: CivilDate?
    /// When the bank credited it.
    public var creditedOn: CivilDate?
    /// Code of the reason why the bank returned it.
    public var returnedReason: String?
    /// Last four digits of the account it went to, when the city says.
    public var accountLastFour: String?

    /// A payment.
    public init(
        month: YearMonth,
        instalment: Int = 1,
        amount: Money,
        state: PaymentState,
        dueOn: CivilDate? = nil,
        creditedOn: CivilDate? = nil,
        returnedReason: String? = nil,
        accountLastFour: String? = nil
    ) {
        self.month = month
        self.instalment = instalment
        self.amount = amount
        self.state = state
        self.dueOn = dueOn
        self.creditedOn = creditedOn
        self.returnedReason = returnedReason
        self.accountLastFour = accountLastFour
    }

    /// The month only.
    public var description: String { "PaymentRecord(\(month.iso), redacted)" }
    /// No data of the person.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension PaymentRecord {
    /// Whether this payment is for an earlier month, or an earlier instalment of the same month.
    func isBefore(_ other: PaymentRecord) -> Bool {
        month < other.month || (month == other.month && instalment < other.instalment)
    }
}
