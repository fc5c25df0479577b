public import Benefits
public import CivilIdentity
public import HubProtocol

/// How the payments of an entitlement come about: one a month, up to now, with exceptions.
public struct PaymentRule: Hashable, Sendable {
    /// A month that differs from the rule.
    public struct Exception: Hashable, Sendable {
        /// Which month: 0 is the month of the ledger's date.
        public var monthsAgo: Int
        /// Where this payment stands.
        public var state: PaymentState
        /// Another amount.
        public var amount: Money?
        /// The bank's reason of a returned payment.
        public var returnedReason: String?

        /// Makes an exception.
        public init(monthsAgo: Int, state: PaymentState, amount: Money? = nil, returnedReason: String? = nil) {
            self.monthsAgo = monthsAgo
            self.state = state
            self.amount = amount
            self.returnedReason = returnedReason
        }
    }

    /// Months that a ledger keeps.
    public static let monthsMax = 24
    /// Payments older than this many months were shown to the person before.
    private static let notifiedAfterMonths = 2

    /// What is paid in a month without exception.
    public var amount: Money
    /// How many months were paid, the newest included.
    public var months: Int
    /// How many months before the ledger's date the newest payment was.
    public var newestMonthsAgo: Int
    /// Day of the month on which money should be there, 1...28.
    public var dueDay: Int
    /// Months that differ.
    public var exceptions: [Exception]

    /// No payments.
    public static let none = PaymentRule(amount: .zero, months: 0, newestMonthsAgo: 0, dueDay: 1, exceptions: [])

    /// Makes a rule.
    public init(amount: Money, months: Int, newestMonthsAgo: Int, dueDay: Int, exceptions: [Exception]) {
        self.amount = amount
        self.months = months
        self.newestMonthsAgo = newestMonthsAgo
        self.dueDay = dueDay
        self.exceptions = exceptions
    }

    /// The payments, newest first.
    ///
    /// - Parameters:
    ///   - today: date of the ledger; a payment that is due later is planned.
    ///   - accountLastFour: account that the money went to.
    /// - Returns: one payment a month.
    public func payments(asOf today: CivilDate, accountLastFour: String?) -> [PaymentRecord] {
        (0..<months).map { offset in
            let monthsAgo = newestMonthsAgo + offset
            let month = today.yearMonth.adding(months: -monthsAgo)
            let due = month.day(dueDay)
            let exception = exceptions.first { $0.monthsAgo == monthsAgo }
            let state = exception?.state ?? usualState(due: due, monthsAgo: monthsAgo, today: today)
            return PaymentRecord(
                month: month,
                instalment: 1,
                amount: exception?.amount ?? amount,
                state: state,
                dueOn: due,
                creditedOn: state.isPaid ? min(due, today) : nil,
                returnedReason: exception?.returnedReason,
                accountLastFour: accountLastFour
            )
        }
    }

    private func usualState(due: CivilDate, monthsAgo: Int, today: CivilDate) -> PaymentState {
        if due > today {
            return .planned
        }
        return monthsAgo > Self.notifiedAfterMonths ? .notified : .credited
    }
}
