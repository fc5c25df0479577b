import SmartCard
import Synchronization

/// Work of one call from a task, made on a thread of its own with a deadline; the thread is left behind if it hangs.
enum OneShot {
    /// Whether the work is still wanted; work that waits looks now and then.
    final class Interest: Sendable {
        private let isOver = Atomic<Bool>(false)

        var isLost: Bool { isOver.load(ordering: .acquiring) }

        func lose() { isOver.store(true, ordering: .releasing) }
    }

    /// Does the work.
    ///
    /// - Parameters:
    ///   - limit: When the caller is answered with `overrun` at the latest.
    ///   - scheduler: Keeps the deadline.
    ///   - overrun: What to throw after the limit.
    ///   - work: What to do; it may block.
    /// - Returns: What `work` returns.
    /// - Throws: What `work` throws, `overrun`, or `CancellationError`.
    static func run<Value: Sendable>(
        limit: Duration,
        scheduler: any DeadlineScheduler,
        overrun: SmartCardError,
        _ work: @escaping @Sendable (Interest) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        let once = Once<Value>()
        let interest = Interest()
        let token = scheduler.schedule(at: scheduler.now + limit) {
            interest.lose()
            once.resume(with: .failure(overrun))
        }
        defer { scheduler.cancel(token) }
        let isStarted = DetachedThread.start { once.resume(with: Result { try work(interest) }) }
        guard isStarted else { throw SmartCardError(.failure, "the system gave no thread") }
        return try await withTaskCancellationHandler {
            try await once.result()
        } onCancel: {
            interest.lose()
            once.resume(with: .failure(CancellationError()))
        }
    }
}
