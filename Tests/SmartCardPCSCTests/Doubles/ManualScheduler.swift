import Synchronization

@testable import SmartCardPCSC

/// A clock that stands until a test moves it.
final class ManualScheduler: DeadlineScheduler {
    private struct State {
        var now = MonotonicInstant(nanoseconds: 1_000_000_000_000)
        var queue = DeadlineQueue()
    }

    private let state = Mutex(State())

    var now: MonotonicInstant { state.withLock { $0.now } }

    func schedule(at instant: MonotonicInstant, _ action: @escaping @Sendable () -> Void) -> DeadlineToken {
        state.withLock { $0.queue.insert(at: instant, action) }
    }

    func cancel(_ token: DeadlineToken) {
        state.withLock { $0.queue.remove(token) }
    }

    /// How many actions are scheduled.
    var scheduled: Int { state.withLock { $0.queue.count } }

    /// Moves the clock and does what has become due, in order, each at its own time.
    func advance(by duration: Duration) {
        let end = now + duration
        while true {
            let action = state.withLock { state -> (@Sendable () -> Void)? in
                guard let first = state.queue.first, first <= end else {
                    state.now = end
                    return nil
                }
                state.now = max(state.now, first)
                return state.queue.removeDue(at: first)
            }
            guard let action else { return }
            action()
        }
    }
}
