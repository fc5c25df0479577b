/// Where a payment stands (DOMAIN.md 4.4).
public enum PaymentState: String, Hashable, Sendable, CaseIterable {
    /// Foreseen.
    case planned
    /// Given to the bank.
    case instructed
    /// On the account.
    case credited
    /// On the account, and the person has seen it.
    case notified
    /// Sent back by the bank.
    case returned
    /// Given to the bank again after a return.
    case reissued
    /// Taken back by the upper level.
    case reversed

    /// Whether the money is on the account.
    public var isPaid: Bool { self == .credited || self == .notified }

    /// Whether money is still on its way.
    public var isUnderway: Bool { self == .planned || self == .instructed || self == .reissued }

    /// Whether the next state may follow this one.
    ///
    /// A reissued payment lands or comes back as an instructed one does; a notified one can be reversed as a credited
    /// one can, since `notified` only says that somebody looked.
    ///
    /// - Parameter next: another state.
    /// - Returns: false also for the same state.
    public func canBecome(_ next: PaymentState) -> Bool {
        switch self {
        case .planned: next == .instructed
        case .instructed, .reissued: next == .credited || next == .returned
        case .credited: next == .notified || next == .reversed
        case .notified: next == .reversed
        case .returned: next == .reissued
        case .reversed: false
        }
    }
}
