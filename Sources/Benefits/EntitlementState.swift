/// Where an entitlement stands (DOMAIN.md 4.4).
public enum EntitlementState: String, Hashable, Sendable, CaseIterable {
    /// Granted, not begun.
    case pending
    /// Paid.
    case active
    /// Kept, but not paid for the time being.
    case suspended
    /// Paid for some months after the person has left by own will.
    case tapering
    /// Over.
    case ended

    /// Whether the person has the benefit: active, suspended or tapering.
    public var isEntitled: Bool {
        switch self {
        case .active, .suspended, .tapering: true
        case .pending, .ended: false
        }
    }

    /// Whether money is due: active or tapering.
    public var isPaid: Bool { self == .active || self == .tapering }

    /// Whether it still counts against a second one of the same programme (INV-01): all but ended.
    public var isLive: Bool { self != .ended }

    /// Whether the next state may follow this one.
    ///
    /// Tapering comes only from active: a person leaves of own will.
    ///
    /// - Parameter next: another state.
    /// - Returns: false also for the same state.
    public func canBecome(_ next: EntitlementState) -> Bool {
        switch self {
        case .pending: next == .active || next == .ended
        case .active: next == .suspended || next == .tapering || next == .ended
        case .suspended: next == .active || next == .ended
        case .tapering: next == .ended
        case .ended: false
        }
    }
}
