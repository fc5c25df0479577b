import SmartCard

/// Runs the supervision: gives its state machine the events in order, one at a time, and does what it says.
///
/// Whoever brings an event, a connection's thread or the deadlines' thread, handles it and what came meanwhile; nobody waits.
final class SupervisionRunner: Sendable {
    private struct State {
        var supervisor: PCSCSupervisor
        var inbox: [PCSCSupervisor.Event] = []
        var isHandling = false
        /// The connections whose threads have not ended; at most one is in use.
        var connections: [Int: StatusConnection] = [:]
        var timer: DeadlineToken?
    }

    /// What supervision does to its surroundings.
    struct Effects: Sendable {
        /// Tells of a change; must not block.
        var emit: @Sendable (ReaderEvent) -> Void
        /// Ends the bodies that are running.
        var failCalls: @Sendable (SmartCardError.Code) -> Void
        /// Supervision has ended.
        var finish: @Sendable () -> Void
    }

    private let library: any PCSCLibrary
    private let scheduler: any DeadlineScheduler
    private let effects: Effects
    private let state: Monitor<State>

    init(
        timing: SupervisionTiming,
        library: any PCSCLibrary,
        scheduler: any DeadlineScheduler,
        effects: Effects
    ) {
        self.library = library
        self.scheduler = scheduler
        self.effects = effects
        state = Monitor(State(supervisor: PCSCSupervisor(timing: timing)))
    }

    deinit {
        for connection in state.withLock({ $0.connections.values }) { connection.close() }
    }

    /// Why the service is lost; nil while it answers and while nothing is known yet.
    var loss: SmartCardError.Code? {
        state.withLock { $0.supervisor.phase == .stopped ? nil : $0.supervisor.reportedLoss }
    }

    /// The readers as the supervision knows them; nil while the service does not answer.
    var readers: [SupervisedReader]? {
        state.withLock { $0.supervisor.isAvailable ? $0.supervisor.readers : nil }
    }

    /// Takes an event.
    func handle(_ event: PCSCSupervisor.Event) {
        let mustHandle = state.withLock { state in
            state.inbox.append(event)
            defer { state.isHandling = true }
            return !state.isHandling
        }
        guard mustHandle else { return }
        while let actions = nextActions() {
            for action in actions { perform(action) }
        }
    }

    private func nextActions() -> [PCSCSupervisor.Action]? {
        state.withLock { state in
            guard !state.inbox.isEmpty else {
                state.isHandling = false
                return nil
            }
            let event = state.inbox.removeFirst()
            switch event {
            case .closed(let number), .establishFailed(let number, _):
                state.connections[number] = nil
            case .start, .stop, .timer, .established, .listed, .waited:
                break
            }
            return state.supervisor.handle(event)
        }
    }

    private func perform(_ action: PCSCSupervisor.Action) {
        switch action {
        case .connect(let number):
            let connection = StatusConnection(number: number, library: library) { [weak self] event in
                self?.handle(event)
            }
            state.withLock { $0.connections[number] = connection }
            connection.start()
        case .list(let number):
            connection(number)?.list()
        case .wait(let number, let request):
            connection(number)?.wait(request)
        case .cancelWait(let number):
            connection(number)?.cancelWait()
        case .close(let number):
            connection(number)?.close()
        case .setTimer(let number, let duration):
            let token = scheduler.schedule(at: scheduler.now + duration) { [weak self] in self?.handle(.timer(number)) }
            let earlier = state.withLock { state in
                defer { state.timer = token }
                return state.timer
            }
            if let earlier { scheduler.cancel(earlier) }
        case .emit(let event):
            effects.emit(event)
        case .failCalls(let code):
            effects.failCalls(code)
        case .finish:
            effects.finish()
        }
    }

    private func connection(_ number: Int) -> StatusConnection? {
        state.withLock { $0.connections[number] }
    }
}
