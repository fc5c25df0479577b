public import CivilIdentity

/// The end of the validity of a document.
public enum DocumentExpiry: Hashable, Sendable, CustomStringConvertible {
    /// The last day.
    case day(CivilDate)
    /// 长期: no end.
    case longTerm

    /// `YYYY-MM-DD`, or `long-term`.
    public var description: String {
        switch self {
        case .day(let date): date.iso
        case .longTerm: "long-term"
        }
    }
}
