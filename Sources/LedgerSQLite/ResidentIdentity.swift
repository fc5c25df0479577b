public import CivilIdentity

/// Number and name of a person, opened from the ledger for display at L2 or L3 only; described without either.
public struct ResidentIdentity: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The citizen number.
    public var citizenNumber: CitizenNumber
    /// The name.
    public var name: PersonName

    /// No data of the person.
    public var description: String { "ResidentIdentity(redacted)" }
    /// No data of the person.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
