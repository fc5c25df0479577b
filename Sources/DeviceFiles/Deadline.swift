import Glibc

/// A moment on the monotonic clock until which an operation may take.
struct Deadline {
    /// The longest wait that `poll` is asked for at once, milliseconds.
    private static let waitMillisecondsMax: Int64 = 60_000

    private let instant: ContinuousClock.Instant

    init(after timeout: Duration) {
        instant = .now + timeout
    }

    /// What is left, rounded up, so that a wait never ends just before its deadline again and again.
    var millisecondsLeft: Int32 {
        let left = ContinuousClock.Instant.now.duration(to: instant)
        guard left > .zero else { return 0 }
        let (seconds, attoseconds) = left.components
        let milliseconds = seconds.multipliedReportingOverflow(by: 1_000)
        guard !milliseconds.overflow else { return Int32(Self.waitMillisecondsMax) }
        return Int32(min(milliseconds.partialValue + attoseconds / 1_000_000_000_000_000 + 1, Self.waitMillisecondsMax))
    }
}
