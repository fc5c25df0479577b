/// A service of the station, as far as it needs proof of the person.
public enum StationService: String, Hashable, Sendable, CaseIterable {
    /// Which benefits a person has, and the next pay day; no amounts.
    case benefitsSummary
    /// Amounts and payments.
    case benefitDetails
}
