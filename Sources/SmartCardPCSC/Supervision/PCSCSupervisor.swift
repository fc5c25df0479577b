import SmartCard

/// The supervision of the service and its readers, as a value: it is told what happened and says what is to be done.
///
/// It knows no thread and no clock. A *connection* is a thread with a context of its own; connections are numbered, and a
/// connection that does not come back within its deadline is abandoned: whatever it still says is ignored.
struct PCSCSupervisor: Sendable {
    /// What happened.
    enum Event: Sendable, Equatable {
        case start
        case stop
        /// The timer of this number has run out.
        case timer(Int)
        case established(connection: Int)
        case establishFailed(connection: Int, PCSCReturnCode)
        case listed(connection: Int, PCSCReturnCode, [ReaderName])
        case waited(connection: Int, WaitResult)
        /// The thread of the connection has ended and its context is released.
        case closed(connection: Int)
    }

    /// What is to be done, in order.
    enum Action: Sendable, Equatable {
        /// Start a connection: a thread that opens a context.
        case connect(Int)
        /// Let the connection list the readers.
        case list(Int)
        /// Let the connection wait for changes.
        case wait(Int, WaitRequest)
        /// Let the connection's thread end as soon as it comes back from the call that it is in.
        case close(Int)
        /// End the wait that the connection is in, again and again until it has ended.
        case cancelWait(Int)
        /// Replace the timer.
        case setTimer(Int, Duration)
        case emit(ReaderEvent)
        /// End the bodies that are running on cards, since nothing answers them.
        case failCalls(SmartCardError.Code)
        /// Supervision has ended.
        case finish
    }

    /// What a connection is to wait for.
    struct WaitRequest: Sendable, Equatable {
        /// The readers and what is known of each, the plug-and-play pseudo-reader last if it is watched.
        var readers: [PCSCWatchedReader]
        var milliseconds: UInt32
    }

    /// What a wait gave.
    struct WaitResult: Sendable, Equatable {
        var returned: PCSCReturnCode
        var readers: [PCSCWatchedReader]
    }

    enum Phase: Sendable, Equatable {
        case idle
        /// A connection opens its context; `isLate` once it has passed its deadline.
        case establishing(isLate: Bool)
        case backingOff
        case listing
        case waiting
        /// Waits have ended at once too often.
        case pausing
        /// Too many connections hang; the next is started when one of them has come back.
        case blocked
        case stopping
        case stopped
    }

    /// The most readers that one wait can watch: libpcsclite before 2.5 refuses more entries (PCSCLITE_MAX_READERS_CONTEXTS).
    static let mostWatchedReaders = 16

    /// How many connections may hang at a time.
    ///
    /// A service that takes connections and then does not answer, as pcscd does while
    /// a reader keeps it busy at its start, must not collect threads.
    static let mostLeftBehind = 4

    let timing: SupervisionTiming
    var phase = Phase.idle

    /// The connection in use.
    var connection = 0

    /// The connections that were left in a call and have not come back.
    var leftBehind: Set<Int> = []

    /// Whether the connection in use has answered a question, so that the service counts as available.
    var hasAnswered = false

    /// The readers in the order of the service.
    var readers: [SupervisedReader] = []

    /// Why the service is lost, as far as it was reported; nil while it is available or nothing is known yet.
    var reportedLoss: SmartCardError.Code?

    /// What the pseudo-reader's entry is to hold; only its counter counts.
    var plugAndPlayCounter: UInt16 = 0

    var timer = 0
    var failures = 0
    var refusals = 0
    var spuriousRounds = 0
    var settlingRounds = 0
    var quietRounds = 0

    init(timing: SupervisionTiming = SupervisionTiming()) {
        self.timing = timing
    }

    /// Whether the service answers.
    var isAvailable: Bool {
        switch phase {
        case .listing, .waiting, .pausing: hasAnswered
        case .idle, .establishing, .backingOff, .blocked, .stopping, .stopped: false
        }
    }

    /// Takes an event.
    ///
    /// - Parameter event: What happened.
    /// - Returns: What is to be done, in order.
    mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .start:
            guard phase == .idle else { return [] }
            return connect()
        case .stop:
            return stop()
        case .timer(let number):
            guard number == timer else { return [] }
            return timeout()
        case .established(let number):
            guard number == connection else { return [.close(number)] }
            guard case .establishing = phase else { return [] }
            return established()
        case .establishFailed(let number, let returned):
            guard number == connection, case .establishing = phase else { return [] }
            return establishFailed(returned)
        case .listed(let number, let returned, let names):
            guard number == connection, phase == .listing else { return [] }
            return listed(returned, names)
        case .waited(let number, let result):
            guard number == connection, phase == .waiting else { return [] }
            return waited(result)
        case .closed(let number):
            return closed(number)
        }
    }

    /// Replaces the timer; the earlier one is without effect from now on.
    mutating func setTimer(_ duration: Duration) -> Action {
        timer += 1
        return .setTimer(timer, duration)
    }

    private mutating func closed(_ number: Int) -> [Action] {
        leftBehind.remove(number)
        switch phase {
        case .stopping where number == connection:
            phase = .stopped
            return [.finish]
        case .blocked:
            return connect()
        default:
            return []
        }
    }

    private mutating func stop() -> [Action] {
        switch phase {
        case .stopping, .stopped:
            return []
        case .idle, .backingOff, .blocked:
            phase = .stopped
            timer += 1
            return [.finish]
        case .establishing:
            // The thread may be stuck for good; it ends by itself when it comes back.
            phase = .stopped
            timer += 1
            return [.close(connection), .finish]
        case .listing, .waiting, .pausing:
            phase = .stopping
            return [.close(connection), .cancelWait(connection), setTimer(timing.stopLimit)]
        }
    }

    private mutating func timeout() -> [Action] {
        switch phase {
        case .establishing(isLate: false):
            // No second attempt is made while this one hangs: the library would only make it wait behind the first.
            phase = .establishing(isLate: true)
            return reportLoss(.serviceNotAnswering)
        case .backingOff:
            return connect()
        case .listing, .waiting:
            return loseConnection(.serviceNotAnswering)
        case .pausing:
            return list()
        case .stopping:
            phase = .stopped
            return [.finish]
        case .idle, .establishing(isLate: true), .blocked, .stopped:
            return []
        }
    }
}
