public import Benefits
public import CivilIdentity
public import HubProtocol

/// A resident of the town as a card file describes it: dates of payments are relative to the date of the ledger.
public struct LedgerEntry: Sendable {
    /// A month, fixed or seen from the date of the ledger.
    public enum Month: Hashable, Sendable {
        /// This month.
        case fixed(YearMonth)
        /// So many months before the month of the ledger's date; negative lies ahead.
        case ago(Int)

        func resolved(asOf today: CivilDate) -> YearMonth {
            switch self {
            case .fixed(let month): month
            case .ago(let count): today.yearMonth.adding(months: -count)
            }
        }
    }

    /// A benefit with its payments by rule.
    public struct Entitlement: Sendable {
        /// The city's id.
        public var id: String
        /// Which benefit.
        public var programme: ProgrammeCode
        /// Where it stands.
        public var state: EntitlementState
        /// What is paid; nil if the city does not say.
        public var amount: PeriodMoney?
        /// First month.
        public var from: Month?
        /// Last month.
        public var to: Month?
        /// Months of taper that are left.
        public var taperMonthsLeft: Int?
        /// Code of the source.
        public var source: String
        /// Last four digits of the account.
        public var accountLastFour: String?
        /// How payments come about.
        public var payments: PaymentRule
    }

    /// Where the household is registered.
    public var division: DivisionCode
    /// Categories of the person.
    public var categories: [String]
    /// Day of death.
    public var deceasedOn: CivilDate?
    /// The person.
    public var citizenNumber: CitizenNumber
    /// The name.
    public var name: PersonName
    /// The sex.
    public var sex: Sex
    /// Cards, this one and older ones.
    public var cards: [CardRecord]
    /// Benefits.
    public var entitlements: [Entitlement]
}

extension LedgerEntry: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Counts only.
    public var description: String { "LedgerEntry(\(cards.count) cards, \(entitlements.count) entitlements)" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension LedgerEntry {
    /// Code of the source of residents and cards.
    public static let registrySource = "card-registry"

    /// The records of the ledger file, in its order.
    ///
    /// - Parameter today: date of the ledger.
    /// - Returns: the resident, then cards and entitlements.
    public func records(asOf today: CivilDate) -> [SnapshotRecord] {
        let resident = ResidentRecord(
            citizenNumber: citizenNumber,
            name: name,
            sex: sex,
            birthDate: citizenNumber.birthDate,
            division: division,
            categories: categories,
            deceasedOn: deceasedOn,
            source: Self.registrySource
        )
        return [.resident(resident)] + cards.map { .card($0) }
            + entitlements.map { .entitlement($0.record(of: citizenNumber, asOf: today)) }
    }
}

extension LedgerEntry.Entitlement {
    func record(of citizenNumber: CitizenNumber, asOf today: CivilDate) -> EntitlementRecord {
        EntitlementRecord(
            id: id,
            citizenNumber: citizenNumber,
            programme: programme,
            state: state,
            amount: amount,
            from: from?.resolved(asOf: today),
            to: to?.resolved(asOf: today),
            taperMonthsLeft: taperMonthsLeft,
            source: source,
            accountLastFour: accountLastFour,
            payments: payments.payments(asOf: today, accountLastFour: accountLastFour)
        )
    }
}
