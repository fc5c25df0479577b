public import Benefits
public import CivilIdentity

/// A person's right to a benefit, with its payments; described without any of it.
public struct EntitlementRecord: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The city's id: 1 to 40 printable ASCII characters without blanks, never a number of a person.
    public var id: String
    /// The beneficiary; the resident before this record.
    public var citizenNumber: CitizenNumber
    /// The programme; a programme record of the file.
    public var programme: ProgrammeCode
    /// The state.
    public var state: EntitlementState
    /// What is paid, as far as the city says.
    public var amount: PeriodMoney?
    /// First month.
    public var from: YearMonth?
    /// Last month.
    public var to: YearMonth?
    /// Months of taper that are left.
    public var taperMonthsLeft: Int?
    /// Code of the source.
    public var source: String
    /// Last four digits of the account in use now.
    public var accountLastFour: String?
    /// Newest first: strictly descending by month, then instalment; at most 60.
    public var payments: [PaymentRecord]

    /// An entitlement.
    public init(
        id: String,
        citizenNumber: CitizenNumber,
        programme: ProgrammeCode,
        state: EntitlementState,
        amount: PeriodMoney? = nil,
        from: YearMonth? = nil,
        to: YearMonth? = nil,
        taperMonthsLeft: Int? = nil,
        source: String,
        accountLastFour: String? = nil,
        payments: [PaymentRecord] = []
    ) {
        self.id = id
        self.citizenNumber = citizenNumber
        self.programme = programme
        self.state = state
        self.amount = amount
        self.from = from
        self.to = to
        self.taperMonthsLeft = taperMonthsLeft
        self.source = source
        self.accountLastFour = accountLastFour
        self.payments = payments
    }

    /// The programme only.
    public var description: String { "EntitlementRecord(\(programme.rawValue), redacted)" }
    /// No data of the person.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
