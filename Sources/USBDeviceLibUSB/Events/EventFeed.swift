import Synchronization
import USBDevice

/// Hands events from the bus's threads to one consumer.
final class EventFeed: Sendable {
    private struct State {
        var backlog = USBEventBacklog()
        var consumer: CheckedContinuation<USBEvent?, Never>?
        var isFinished = false
    }

    private let state = Mutex(State())

    /// Changes what is to be told; never blocks.
    func update(_ change: (inout USBEventBacklog) -> Void) {
        let delivery = state.withLock { state -> (CheckedContinuation<USBEvent?, Never>, USBEvent)? in
            if state.isFinished { return nil }
            change(&state.backlog)
            guard let consumer = state.consumer, let event = state.backlog.next() else { return nil }
            state.consumer = nil
            return (consumer, event)
        }
        if let (consumer, event) = delivery { consumer.resume(returning: event) }
    }

    /// Ends the events after those that are to be told already.
    func finish() {
        let consumer = state.withLock { state in
            state.isFinished = true
            defer { state.consumer = nil }
            return state.consumer
        }
        consumer?.resume(returning: nil)
    }

    /// The events, for one consumer; they end with its task or with ``finish()``.
    var stream: AsyncStream<USBEvent> {
        AsyncStream {
            await self.next()
        } onCancel: {
            self.finish()
        }
    }

    /// Waits for the next event; nil at the end, and at once for a second consumer.
    private func next() async -> USBEvent? {
        await withCheckedContinuation { continuation in
            let event = state.withLock { state -> USBEvent?? in
                if let event = state.backlog.next() { return event }
                if state.isFinished || state.consumer != nil { return .some(nil) }
                state.consumer = continuation
                return nil
            }
            if let event { continuation.resume(returning: event) }
        }
    }
}
