public import CivilIdentity

/// What a person or a household is entitled to under one programme, with what was paid.
public struct Entitlement: Hashable, Sendable {
    /// Identifies the entitlement in the city, 1...40 characters.
    public var id: String
    /// Under which programme.
    public var programme: ProgrammeCode
    /// Where it stands, as the source says.
    public var state: EntitlementState
    /// How much, if the source says so.
    public var amount: PeriodMoney?
    /// The first month.
    public var from: YearMonth?
    /// The last month; nil for no end.
    public var to: YearMonth?
    /// Months of taper that are left, while tapering.
    public var taperMonthsLeft: Int?
    /// The source that owns this entitlement; see ``SourceFreshness``.
    public var source: String
    /// The payments, newest first, at most ``paymentsMax``.
    public var payments: [Payment]

    /// The most characters of an id.
    public static let idLengthMax = 40
    /// The most payments of one entitlement: 24 months, with instalments and reissues beside them.
    public static let paymentsMax = 60

    /// Creates an entitlement.
    public init(
        id: String,
        programme: ProgrammeCode,
        state: EntitlementState,
        amount: PeriodMoney? = nil,
        from: YearMonth? = nil,
        to: YearMonth? = nil,
        taperMonthsLeft: Int? = nil,
        source: String,
        payments: [Payment] = []
    ) {
        self.id = id
        self.programme = programme
        self.state = state
        self.amount = amount
        self.from = from
        self.to = to
        self.taperMonthsLeft = taperMonthsLeft
        self.source = source
        self.payments = payments
    }

    /// Where it stands in a month: what its first and last month say goes before a state that was not yet updated.
    ///
    /// - Parameter month: the month in question.
    /// - Returns: ``EntitlementState/ended`` after the last month, ``EntitlementState/pending`` before the first, else
    ///   the state of the source.
    public func state(in month: YearMonth) -> EntitlementState {
        if let to, month > to {
            return .ended
        }
        if let from, month < from, state.isLive {
            return .pending
        }
        return state
    }
}

extension Entitlement: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Programme, state and number of payments; no amounts.
    public var description: String { "Entitlement(\(programme) \(state.rawValue), \(payments.count) payments)" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Has no children, so that `dump` shows ``description`` only.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
