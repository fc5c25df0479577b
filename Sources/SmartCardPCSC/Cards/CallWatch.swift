import Synchronization

/// How far a call has come, written by the reader's thread and read by the deadlines' thread.
///
/// A call ends by one exchange of its phase: whoever ends it, the reader's thread or a deadline, the other sees that it lost
/// and keeps away. So a body whose deadline has passed never begins, and never makes another exchange.
final class CallWatch: Sendable {
    /// A step of a call.
    enum Phase: UInt8, Sendable, Equatable {
        case queued
        /// The thread opens a context, connects and takes the card.
        case opening
        case body
        /// The thread gives the card back and disconnects.
        case closing
        case ended
    }

    /// What was read at one moment.
    struct Sample: Sendable, Equatable {
        var phase: Phase
        var phaseSince: MonotonicInstant
        /// Since when an exchange is under way; nil between exchanges.
        var exchangeSince: MonotonicInstant?
        /// Since when the caller has not wanted the result any more.
        var cancelledSince: MonotonicInstant?
    }

    private let phase = Atomic<UInt8>(Phase.queued.rawValue)
    private let phaseSince = Atomic<UInt64>(0)
    private let exchangeSince = Atomic<UInt64>(0)
    private let cancelledSince = Atomic<UInt64>(0)
    private let nextCheck = Atomic<UInt64>(0)

    var sample: Sample {
        let phase = Phase(rawValue: phase.load(ordering: .acquiring)) ?? .ended
        return Sample(
            phase: phase,
            phaseSince: MonotonicInstant(nanoseconds: phaseSince.load(ordering: .acquiring)),
            exchangeSince: Self.instant(exchangeSince.load(ordering: .acquiring)),
            cancelledSince: Self.instant(cancelledSince.load(ordering: .acquiring))
        )
    }

    /// Goes from one phase to the next.
    ///
    /// - Returns: Whether the call was still in `earlier`; if not it was ended meanwhile.
    func advance(from earlier: Phase, to later: Phase, at now: MonotonicInstant) -> Bool {
        // The moment is written first: a reader in between sees the earlier phase as younger than it is, never as older.
        phaseSince.store(now.nanoseconds, ordering: .releasing)
        return phase.compareExchange(
            expected: earlier.rawValue,
            desired: later.rawValue,
            ordering: .acquiringAndReleasing
        ).exchanged
    }

    /// Ends the call if it is still in the phase of a sample.
    func end(from earlier: Phase) -> Bool {
        guard earlier != .ended else { return false }
        return phase.compareExchange(
            expected: earlier.rawValue,
            desired: Phase.ended.rawValue,
            ordering: .acquiringAndReleasing
        ).exchanged
    }

    /// Ends the call in whatever phase it is.
    ///
    /// - Returns: The phase in which it was; nil if it had ended already.
    func endNow() -> Phase? {
        while true {
            let phase = sample.phase
            if phase == .ended { return nil }
            if end(from: phase) { return phase }
        }
    }

    /// Marks the call as not wanted any more.
    func cancel(at now: MonotonicInstant) {
        _ = cancelledSince.compareExchange(expected: 0, desired: now.nanoseconds, ordering: .acquiringAndReleasing)
    }

    var isCancelled: Bool { cancelledSince.load(ordering: .acquiring) != 0 }

    /// Whether the body may make another exchange.
    var mayExchange: Bool { phase.load(ordering: .acquiring) == Phase.body.rawValue && !isCancelled }

    func beginExchange(at now: MonotonicInstant) {
        exchangeSince.store(now.nanoseconds, ordering: .releasing)
    }

    func endExchange() {
        exchangeSince.store(0, ordering: .releasing)
    }

    /// The scheduled look at this call; a call that has ended takes it back.
    var check: DeadlineToken {
        get { DeadlineToken(number: nextCheck.load(ordering: .relaxed)) }
        set { nextCheck.store(newValue.number, ordering: .relaxed) }
    }

    private static func instant(_ nanoseconds: UInt64) -> MonotonicInstant? {
        nanoseconds == 0 ? nil : MonotonicInstant(nanoseconds: nanoseconds)
    }
}
