import SmartCard

/// The calls for one reader, one after another on the reader's own thread.
///
/// A thread that overruns a deadline is left behind with its context, and the next call gets a new thread. How many are left
/// behind is bounded: beyond that, calls fail at once until a thread has come back.
final class ReaderLane: Sendable {
    /// How many calls may wait for their turn: a station has few screens, and a call takes well under a second.
    static let mostWaiting = 16

    /// How many threads may be stuck at a time.
    ///
    /// One is the usual case of a reader that hangs; the second finds out whether a
    /// new connection fares better.
    static let mostStuck = 2

    struct State {
        var waiting: [any CardCall] = []
        /// The call that the current worker serves.
        var running: (any CardCall)?
        /// The number of the current worker; nil if there is none.
        var worker: Int?
        var lastWorker = 0
        /// The workers that were left and have not come back, and whether each had taken the card.
        var leftBehind: [Int: Bool] = [:]
        /// Why a worker was left last.
        var lastOverrun = SmartCardError.Code.readerTimeout
        /// Whether the worker is to end when it has nothing to do.
        var isRetiring = false

        /// Numbers a new worker, or nil if too many are stuck.
        mutating func newWorker() -> Int? {
            guard leftBehind.count < ReaderLane.mostStuck else { return nil }
            lastWorker += 1
            worker = lastWorker
            return lastWorker
        }
    }

    let name: ReaderName
    let surroundings: CardSurroundings
    let state = Monitor(State())

    init(name: ReaderName, surroundings: CardSurroundings) {
        self.name = name
        self.surroundings = surroundings
    }

    /// How many threads are stuck now.
    var stuckThreads: Int { state.withLock { $0.leftBehind.count } }

    // MARK: The caller's side

    /// Puts a call in the queue; fails it if that is not possible.
    func submit(_ call: any CardCall) {
        var newWorker: Int?
        let failure = state.update { state -> (any Error)? in
            if call.watch.isCancelled { return CancellationError() }
            if state.waiting.count >= Self.mostWaiting {
                return SmartCardError(.readerTimeout, "too many calls wait for \(name)")
            }
            if state.worker == nil {
                newWorker = state.newWorker()
                if newWorker == nil { return tooManyStuck(state) }
            }
            state.isRetiring = false
            state.waiting.append(call)
            return nil
        }
        if let failure { call.fail(failure) }
        if let newWorker { start(newWorker) }
    }

    /// Ends a call whose caller is gone: at once if it waits, in bounded time if it runs.
    func cancel(_ call: any CardCall) {
        call.watch.cancel(at: surroundings.scheduler.now)
        let isRunning = state.withLock { state in
            state.waiting.removeAll { $0 === call }
            return state.running === call
        }
        if isRunning { check(call) } else { call.fail(CancellationError()) }
    }

    /// Lets the thread end, and its context with it, when it has nothing to do; a later call starts a new one.
    func retire() {
        state.update { $0.isRetiring = true }
    }

    private func tooManyStuck(_ state: State) -> SmartCardError {
        SmartCardError(state.lastOverrun, "earlier calls on \(name) have not come back")
    }

    private func start(_ worker: Int) {
        let isStarted = DetachedThread.start { ReaderWorker(number: worker, lane: self).serve() }
        guard !isStarted else { return }
        let waiting = state.update { state in
            state.worker = nil
            defer { state.waiting = [] }
            return state.waiting
        }
        for call in waiting { call.fail(SmartCardError(.failure, "the system gave no thread for \(name)")) }
    }

    // MARK: The worker's side

    /// Waits for the next call of a worker; nil if the worker is to end.
    func nextCall(of worker: Int) -> (any CardCall)? {
        state.wait { state -> (any CardCall)?? in
            guard state.worker == worker else { return .some(nil) }
            if state.waiting.isEmpty {
                guard state.isRetiring else { return nil }
                state.worker = nil
                return .some(nil)
            }
            let call = state.waiting.removeFirst()
            state.running = call
            return call
        } ?? nil
    }

    /// Takes a call as no longer running, so that its deadlines are not watched any more.
    func end(_ call: any CardCall) {
        surroundings.scheduler.cancel(call.watch.check)
        state.withLock { state in
            if state.running === call { state.running = nil }
        }
    }

    /// Takes note that the thread of a worker has ended.
    func workerEnded(_ worker: Int) {
        state.withLock { state in
            state.leftBehind[worker] = nil
            if state.worker == worker { state.worker = nil }
        }
    }

    // MARK: Leaving a worker

    /// Leaves the worker that serves a call which was ended from outside; the calls that wait get a new one.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - phase: How far it had come.
    func leaveWorker(of call: any CardCall, in phase: CallWatch.Phase) {
        var newWorker: Int?
        var refused: (calls: [any CardCall], error: SmartCardError)?
        let isLeft = state.update { state in
            guard state.running === call, let worker = state.worker else { return false }
            state.running = nil
            state.worker = nil
            state.leftBehind[worker] = phase != .opening
            guard !state.waiting.isEmpty else { return true }
            newWorker = state.newWorker()
            if newWorker == nil {
                refused = (state.waiting, tooManyStuck(state))
                state.waiting = []
            }
            return true
        }
        if isLeft { surroundings.counters.addAbandonedThread() }
        if let refused {
            for call in refused.calls { call.fail(refused.error) }
        }
        if let newWorker { start(newWorker) }
    }
}
