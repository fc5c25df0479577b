/// A value of a policy that a statement needed and did not know; the screen says so in plain words (INV-28).
public enum PolicyKey: String, Hashable, Sendable, CaseIterable {
    /// The day of the month on which the programme is paid.
    case payDay
    /// The age from which a person is entitled.
    case minimumAge
}
