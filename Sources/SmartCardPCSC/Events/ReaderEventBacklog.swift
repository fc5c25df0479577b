import SmartCard

/// The events that were not taken yet, in bounded number.
///
/// When the consumer is so slow that the backlog is full, the waiting events are replaced by those that lead from what the
/// consumer has seen to how things stand: intermediate states are lost, a removal never is.
struct ReaderEventBacklog: Sendable {
    /// How many events may wait: some seconds of the busiest station, whose consumer takes an event in well under a millisecond.
    static let standardCapacity = 256

    private let capacity: Int
    private var waiting: [ConsumerView.NumberedEvent] = []
    private var nextNumber: UInt64 = 1

    /// What the consumer knows.
    private(set) var seen = ConsumerView()

    /// What the consumer will know when it has taken all that waits.
    private(set) var latest = ConsumerView()

    /// How often the backlog was full.
    private(set) var overflows = 0

    /// Makes an empty backlog.
    ///
    /// - Parameter capacity: How many events may wait, at least 1.
    init(capacity: Int = standardCapacity) {
        precondition(capacity >= 1, "a backlog holds at least one event")
        self.capacity = capacity
    }

    /// How many events wait.
    var count: Int { waiting.count }

    /// Adds an event.
    mutating func append(_ event: ReaderEvent) {
        let number = nextNumber
        nextNumber += 1
        latest.apply(event, number: number)
        guard waiting.count >= capacity else {
            waiting.append((event, number))
            return
        }
        overflows += 1
        waiting = seen.resynchronisation(to: latest)
    }

    /// Takes the oldest event.
    mutating func next() -> ReaderEvent? {
        guard !waiting.isEmpty else { return nil }
        let (event, number) = waiting.removeFirst()
        seen.apply(event, number: number)
        return event
    }
}
