/// A time stamp that never goes back, even when the clock of the machine does.
///
/// The milliseconds follow the machine's clock as long as it goes forward; while it stands behind, the counter orders.
public struct HybridLogicalClock: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970 UTC, 0 up to ``maximumMilliseconds``.
    public let milliseconds: Int64
    /// Order among stamps of the same millisecond.
    public let counter: UInt32

    /// The last millisecond of the year 9999.
    public static let maximumMilliseconds: Int64 = 253_402_300_799_999

    /// Before every event.
    public static let start = HybridLogicalClock()

    private init() {
        milliseconds = 0
        counter = 0
    }

    /// A stamp read from somewhere.
    ///
    /// - Returns: nil when the milliseconds are out of bounds.
    public init?(milliseconds: Int64, counter: UInt32) {
        guard (0...Self.maximumMilliseconds).contains(milliseconds) else { return nil }
        self.milliseconds = milliseconds
        self.counter = counter
    }

    private init(valid milliseconds: Int64, counter: UInt32) {
        self.milliseconds = milliseconds
        self.counter = counter
    }

    /// The stamp of the next event.
    ///
    /// - Parameter now: The machine's clock, milliseconds since 1970 UTC; a value out of bounds is taken as the nearest bound.
    /// - Returns: A stamp greater than this one; at the very end of time this one itself.
    public func advanced(now: Int64) -> HybridLogicalClock {
        let bounded = min(max(now, 0), Self.maximumMilliseconds)
        if bounded > milliseconds { return HybridLogicalClock(valid: bounded, counter: 0) }
        let (next, isOver) = counter.addingReportingOverflow(1)
        if !isOver { return HybridLogicalClock(valid: milliseconds, counter: next) }
        guard milliseconds < Self.maximumMilliseconds else { return self }
        return HybridLogicalClock(valid: milliseconds + 1, counter: 0)
    }

    /// Whether one stamp comes before the other.
    public static func < (left: Self, right: Self) -> Bool {
        (left.milliseconds, left.counter) < (right.milliseconds, right.counter)
    }
}
