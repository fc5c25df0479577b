import SmartCard
import Synchronization

/// Hands the events from the supervision's threads to one consumer.
final class ReaderEventQueue: Sendable {
    private struct State {
        var backlog: ReaderEventBacklog
        var consumer: CheckedContinuation<ReaderEvent?, Never>?
        var isFinished = false
    }

    private let state: Mutex<State>

    init(backlog: ReaderEventBacklog = ReaderEventBacklog()) {
        state = Mutex(State(backlog: backlog))
    }

    /// How often the consumer was so slow that events were merged.
    var overflows: Int { state.withLock { $0.backlog.overflows } }

    /// Adds an event; never blocks.
    func append(_ event: ReaderEvent) {
        let delivery = state.withLock { state -> (CheckedContinuation<ReaderEvent?, Never>, ReaderEvent?)? in
            if state.isFinished { return nil }
            state.backlog.append(event)
            guard let consumer = state.consumer else { return nil }
            state.consumer = nil
            return (consumer, state.backlog.next())
        }
        if let (consumer, event) = delivery { consumer.resume(returning: event) }
    }

    /// Ends the events after those that wait.
    func finish() {
        let consumer = state.withLock { state in
            state.isFinished = true
            defer { state.consumer = nil }
            return state.consumer
        }
        consumer?.resume(returning: nil)
    }

    /// The events, for one consumer.
    var stream: AsyncStream<ReaderEvent> {
        AsyncStream {
            await self.next()
        } onCancel: {
            self.finish()
        }
    }

    /// Waits for the next event; nil at the end, and at once for a second consumer.
    private func next() async -> ReaderEvent? {
        await withCheckedContinuation { continuation in
            let event = state.withLock { state -> ReaderEvent?? in
                if let event = state.backlog.next() { return event }
                if state.isFinished || state.consumer != nil { return .some(nil) }
                state.consumer = continuation
                return nil
            }
            if let event { continuation.resume(returning: event) }
        }
    }
}
