/// What was proved about the person (DOMAIN.md 4.3).
public enum AssuranceLevel: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// Nothing.
    case l0
    /// A consistent card of the ledger, neither lost nor expired.
    case l1
    /// L1, and the card accepted the person's PIN.
    case l2
    /// L1 or L2, and staff has looked at the person.
    case l3

    /// The weaker level comes first.
    public static func < (left: AssuranceLevel, right: AssuranceLevel) -> Bool { left.rawValue < right.rawValue }
}

extension AssuranceLevel: CustomStringConvertible {
    /// `L0`...`L3`.
    public var description: String { "L\(rawValue)" }
}
