/// Calls back from one thread, which sleeps until the next deadline and for ever when there is none.
final class DeadlineThread: DeadlineScheduler {
    private struct State {
        var queue = DeadlineQueue()
        var isStarted = false
        var isStopped = false
        /// Until when the thread sleeps; nil while it works.
        var sleepsUntil: MonotonicInstant?
    }

    private let state = Monitor(State())

    var now: MonotonicInstant { .now }

    deinit { stop() }

    func schedule(at instant: MonotonicInstant, _ action: @escaping @Sendable () -> Void) -> DeadlineToken {
        let (token, mustStart, mustWake) = state.withLock { state in
            let token = state.queue.insert(at: instant, action)
            let mustStart = !state.isStarted && !state.isStopped
            state.isStarted = true
            let mustWake = state.sleepsUntil.map { instant < $0 } ?? false
            return (token, mustStart, mustWake)
        }
        if mustStart {
            let state = state
            let isStarted = DetachedThread.start { Self.serve(state) }
            if !isStarted { state.withLock { $0.isStarted = false } }
        } else if mustWake {
            state.update { _ in }
        }
        return token
    }

    func cancel(_ token: DeadlineToken) {
        state.withLock { $0.queue.remove(token) }
    }

    /// Ends the thread; actions that are not due yet are dropped.
    func stop() {
        state.update { $0.isStopped = true }
    }

    private enum Step {
        case act(@Sendable () -> Void)
        case sleepShorter
        case stop
    }

    private static func serve(_ state: Monitor<State>) {
        while true {
            let until = state.withLock { state in
                let until = state.queue.first ?? .distantFuture
                state.sleepsUntil = until
                return until
            }
            let step = state.wait(until: until) { state -> Step? in
                if state.isStopped { return .stop }
                if let action = state.queue.removeDue(at: .now) {
                    state.sleepsUntil = nil
                    return .act(action)
                }
                if let first = state.queue.first, first < until { return .sleepShorter }
                return nil
            }
            switch step {
            case .act(let action): action()
            case .stop: return
            case .sleepShorter, nil: continue
            }
        }
    }
}
