/// Status of the social application of a card (DOMAIN.md 4.4).
public enum CardStatus: String, Hashable, Sendable, CaseIterable {
    /// Not yet activated.
    case inactive
    /// In use.
    case normal
    /// Reported lost by the holder; can be lifted.
    case tempLost
    /// Reported lost formally; never lifted.
    case formallyLost
    /// Cancelled.
    case cancelled
    /// Replaced by another card.
    case replaced
    /// Out of date.
    case expired

    /// The number in ledger files, 1 to 7.
    public var wireCode: UInt8 {
        switch self {
        case .inactive: 1
        case .normal: 2
        case .tempLost: 3
        case .formallyLost: 4
        case .cancelled: 5
        case .replaced: 6
        case .expired: 7
        }
    }

    /// The status with that number; nil for any other number.
    public init?(wireCode: UInt8) {
        switch wireCode {
        case 1: self = .inactive
        case 2: self = .normal
        case 3: self = .tempLost
        case 4: self = .formallyLost
        case 5: self = .cancelled
        case 6: self = .replaced
        case 7: self = .expired
        default: return nil
        }
    }
}
