/// How often an amount is due.
///
/// Amounts of different periods are never added or compared.
public enum Period: String, Hashable, Sendable, CaseIterable {
    /// One time.
    case once
    /// Each month.
    case month
    /// Each quarter.
    case quarter
    /// Each year.
    case year
}
