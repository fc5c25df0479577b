public import CivilIdentity

/// One programme of a statement.
public struct StatementLine: Hashable, Sendable {
    /// The programme.
    public var programme: Programme
    /// Whether the person has the benefit today (active, suspended or tapering).
    public var isEntitled: Bool
    /// Where it stands today; nil when there never was an entitlement.
    public var state: EntitlementState?
    /// How much, when exactly one entitlement stands and its source says so; several are never added up.
    public var amount: Known<PeriodMoney>
    /// Every entitlement of the programme, live ones first, with the state of today.
    public var entitlements: [Entitlement]
    /// The newest payment that is on the account.
    public var lastPayment: Payment?
    /// When the next payment is due.
    public var nextPayDay: Known<CivilDate>
    /// The payments of the last 12 months, newest first.
    public var history: [Payment]
    /// Payments that the bank sent back and that were not sent again, newest first.
    public var returned: [Payment]
    /// Credited payments of the history that the person has not seen yet.
    public var unseenCredits: [PaymentReference]
    /// Policy values that were needed and are not known.
    public var policyUnknowns: [PolicyKey]
    /// The date of the oldest source behind this line in seconds since 1970 UTC, if known.
    public var dataAsOf: Int64?
    /// How fresh that is.
    public var freshness: Freshness
    /// Whether amounts and payments were taken out, for the age of the data or for want of proof.
    public var areAmountsWithheld: Bool
    /// Whether the policy behind it is made up.
    public var isFictitious: Bool

    /// Creates a line.
    public init(
        programme: Programme,
        isEntitled: Bool,
        state: EntitlementState?,
        amount: Known<PeriodMoney>,
        entitlements: [Entitlement],
        lastPayment: Payment?,
        nextPayDay: Known<CivilDate>,
        history: [Payment],
        returned: [Payment],
        unseenCredits: [PaymentReference] = [],
        policyUnknowns: [PolicyKey] = [],
        dataAsOf: Int64?,
        freshness: Freshness,
        areAmountsWithheld: Bool = false,
        isFictitious: Bool
    ) {
        self.programme = programme
        self.isEntitled = isEntitled
        self.state = state
        self.amount = amount
        self.entitlements = entitlements
        self.lastPayment = lastPayment
        self.nextPayDay = nextPayDay
        self.history = history
        self.returned = returned
        self.unseenCredits = unseenCredits
        self.policyUnknowns = policyUnknowns
        self.dataAsOf = dataAsOf
        self.freshness = freshness
        self.areAmountsWithheld = areAmountsWithheld
        self.isFictitious = isFictitious
    }

    /// Whether more than one entitlement of the programme stands today, which should not be (INV-01).
    public var hasDuplicates: Bool { entitlements.count { $0.state.isEntitled } > 1 }

    /// The line without any amount and any payment.
    ///
    /// - Returns: a line on which ``areAmountsWithheld`` is set when there was an entitlement.
    public func withoutAmounts() -> StatementLine {
        var result = self
        result.amount = .unknown
        result.lastPayment = nil
        result.history = []
        result.returned = []
        result.unseenCredits = []
        result.areAmountsWithheld = areAmountsWithheld || !entitlements.isEmpty
        for index in result.entitlements.indices {
            result.entitlements[index].amount = nil
            result.entitlements[index].payments = []
        }
        return result
    }
}

extension StatementLine: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Programme and state; no amounts.
    public var description: String { "StatementLine(\(programme.code) \(state?.rawValue ?? "none"))" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Has no children, so that `dump` shows ``description`` only.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
