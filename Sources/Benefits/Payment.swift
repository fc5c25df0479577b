public import CivilIdentity

/// One payment of an entitlement: one instalment of one month.
public struct Payment: Hashable, Sendable {
    /// The month that it pays for.
    public var month: YearMonth
    /// The number within the month, from 1; 0 is first aid before the decision.
    public var instalment: Int
    /// How much.
    public var amount: Money
    /// Where it stands.
    public var state: PaymentState
    /// When it should be on the account, if the source says so.
    public var dueOn: CivilDate?
    /// When it came to the account.
    public var creditedOn: CivilDate?
    /// Code of the bank's reason, for a returned payment.
    public var returnedReason: String?
    /// Last four characters of the account.
    public var accountLastFour: String?

    /// Creates a payment.
    public init(
        month: YearMonth,
        instalment: Int,
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
}

extension Payment: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Month, instalment and state; neither amount nor account.
    public var description: String { "Payment(\(month) \(instalment) \(state.rawValue))" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Has no children, so that `dump` shows ``description`` only.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
