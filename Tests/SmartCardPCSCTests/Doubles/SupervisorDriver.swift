import SmartCard

@testable import SmartCardPCSC

/// A supervisor with what it asked for last, so that tests read as a story.
struct SupervisorDriver {
    typealias Action = PCSCSupervisor.Action

    var supervisor: PCSCSupervisor
    private(set) var actions: [Action] = []
    /// Every event that was told.
    private(set) var told: [ReaderEvent] = []

    init(timing: SupervisionTiming = SupervisionTiming()) {
        supervisor = PCSCSupervisor(timing: timing)
    }

    /// The connection in use.
    var connection: Int { supervisor.connection }

    /// The events of the last step.
    var events: [ReaderEvent] {
        actions.compactMap { action in
            if case .emit(let event) = action { event } else { nil }
        }
    }

    /// What the last step asked for besides events and the timer.
    var requests: [Action] {
        actions.filter { action in
            switch action {
            case .emit, .setTimer: false
            default: true
            }
        }
    }

    /// The duration of the timer that the last step set.
    var timerDuration: Duration? {
        for case .setTimer(_, let duration) in actions { return duration }
        return nil
    }

    /// The wait that the last step asked for.
    var request: PCSCSupervisor.WaitRequest? {
        for case .wait(_, let request) in actions { return request }
        return nil
    }

    mutating func handle(_ event: PCSCSupervisor.Event) {
        actions = supervisor.handle(event)
        told += events
    }

    mutating func start() { handle(.start) }

    mutating func stop() { handle(.stop) }

    /// Lets the timer run out.
    mutating func timeout() { handle(.timer(supervisor.timer)) }

    mutating func establish() { handle(.established(connection: connection)) }

    mutating func failToEstablish(_ returned: PCSCReturnCode) {
        handle(.establishFailed(connection: connection, returned))
    }

    mutating func list(_ names: String...) {
        let returned: PCSCReturnCode = names.isEmpty ? .noReadersAvailable : .success
        handle(.listed(connection: connection, returned, names.map { ReaderName($0) }))
    }

    /// Lets the service answer: the line is opened and the list comes.
    mutating func answer(_ names: String...) {
        establish()
        let returned: PCSCReturnCode = names.isEmpty ? .noReadersAvailable : .success
        handle(.listed(connection: connection, returned, names.map { ReaderName($0) }))
    }

    mutating func failToList(_ returned: PCSCReturnCode) {
        handle(.listed(connection: connection, returned, []))
    }

    /// Ends the wait with the given states; readers that are not named stay as they were known.
    mutating func wait(
        _ returned: PCSCReturnCode = .success,
        plugAndPlay: PCSCReaderState = .unaware,
        states: [String: PCSCReaderState] = [:]
    ) {
        var readers = request?.readers ?? lastWait
        for index in readers.indices {
            let name = readers[index].name
            let isPlugAndPlay = name == PCSCWatchedReader.plugAndPlayName
            readers[index].event = isPlugAndPlay ? plugAndPlay : states[name] ?? readers[index].known
            if readers[index].event.flags.contains(.present) { readers[index].answerToReset = [0x3B, 0x00] }
        }
        lastWait = readers
        handle(.waited(connection: connection, .init(returned: returned, readers: readers)))
    }

    private var lastWait: [PCSCWatchedReader] = []

    /// Brings the supervision to its first wait with these readers, all empty.
    mutating func begin(_ names: String...) {
        start()
        establish()
        let returned: PCSCReturnCode = names.isEmpty ? .noReadersAvailable : .success
        handle(.listed(connection: connection, returned, names.map { ReaderName($0) }))
        wait(states: Dictionary(uniqueKeysWithValues: names.map { ($0, PCSCReaderState([.empty, .changed])) }))
    }
}

let insertedAnswerToReset = try? AnswerToReset(bytes: [0x3B, 0x00])
