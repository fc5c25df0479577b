/// How far data can be relied on by its age (DOMAIN.md 4.6, INV-30).
public enum Freshness: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Shown with its date.
    case fresh
    /// Shown with its date and a word about its age.
    case aged
    /// Yes or no only; amounts are withheld.
    case stale

    /// The fresher comes first.
    public static func < (left: Freshness, right: Freshness) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .fresh: 0
        case .aged: 1
        case .stale: 2
        }
    }
}
