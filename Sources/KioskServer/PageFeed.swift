import NIOCore
import Station
import Synchronization

/// The mailbox of one event stream: the session host and the server put in, the stream's task takes out.
final class PageFeed: Sendable {
    /// What the stream's task does next.
    enum Output: Sendable, Equatable {
        case send(PageFeedState.Output)
        /// Nothing was sent for the interval.
        case heartbeat
    }

    private struct State: Sendable {
        var feed = PageFeedState()
        var waiter: CheckedContinuation<Output, Never>?
        var idleSince: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let limits: KioskLimits
    private let eventLoop: any EventLoop

    /// - Parameters:
    ///   - limits: the intervals.
    ///   - eventLoop: measures them.
    init(limits: KioskLimits, eventLoop: any EventLoop) {
        self.limits = limits
        self.eventLoop = eventLoop
    }

    /// Puts in the newest presentation.
    func offer(_ presentation: Presentation) { change { $0.offer(presentation) } }

    /// Puts in what the language button says.
    func choose(_ language: PageLanguage) { change { $0.choose(language) } }

    /// Ends the stream.
    func end(_ ending: PageFeedState.Ending) { change { $0.end(ending) } }

    /// Waits for something to send, at most for the interval between two signs of life.
    ///
    /// For one task only.
    ///
    /// - Returns: what to do next.
    func next() async -> Output {
        let interval = state.withLock { $0.feed.isInSession ? limits.heartbeatInSession : limits.heartbeatOutside }
        let timer = eventLoop.scheduleTask(in: TimeAmount(interval)) { [self] in intervalPassed() }
        defer { timer.cancel() }
        return await withCheckedContinuation { continuation in
            let ready = state.withLock { state -> Output? in
                if let output = state.feed.next() { return .send(output) }
                state.waiter = continuation
                return nil
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }

    private func change(_ body: (inout PageFeedState) -> Void) {
        let ready = state.withLock { state -> (CheckedContinuation<Output, Never>, Output)? in
            body(&state.feed)
            state.idleSince = state.feed.isIdleInOtherLanguage ? .now : nil
            guard let waiter = state.waiter, let output = state.feed.next() else { return nil }
            state.waiter = nil
            return (waiter, .send(output))
        }
        if let (waiter, output) = ready { waiter.resume(returning: output) }
    }

    private func intervalPassed() {
        let isForgotten = state.withLock { state in
            state.idleSince.map { ContinuousClock.now - $0 >= limits.idleLanguage } ?? false
        }
        if isForgotten { choose(.chinese) }
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: .heartbeat)
    }
}
