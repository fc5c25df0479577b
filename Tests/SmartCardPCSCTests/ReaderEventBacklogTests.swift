import SeededRandom
import SmartCard
import Testing

@testable import SmartCardPCSC

@Suite struct ReaderEventBacklogTests {
    private static let first = ReaderName("First 00 00")
    private static let second = ReaderName("Second 01 00")

    private func drain(_ backlog: inout ReaderEventBacklog) -> [ReaderEvent] {
        var events: [ReaderEvent] = []
        while let event = backlog.next() { events.append(event) }
        return events
    }

    @Test func givesEventsInOrder() {
        var backlog = ReaderEventBacklog()
        let events: [ReaderEvent] = [
            .serviceAvailable, .readerArrived(Self.first), .cardInserted(Self.first, nil, insertion: 1),
            .cardRemoved(Self.first), .readerLeft(Self.first), .serviceLost(.serviceNotRunning),
        ]
        for event in events { backlog.append(event) }
        #expect(drain(&backlog) == events)
        #expect(backlog.next() == nil)
        #expect(backlog.overflows == 0)
    }

    /// A backlog of two places whose consumer has seen `seen`, then is away while `missed` happens.
    private func afterOverflow(seen: [ReaderEvent], missed: [ReaderEvent]) -> [ReaderEvent] {
        var backlog = ReaderEventBacklog(capacity: 2)
        for event in seen {
            backlog.append(event)
            _ = backlog.next()
        }
        for event in missed { backlog.append(event) }
        #expect(backlog.overflows > 0)
        return drain(&backlog)
    }

    private static let seenCard: [ReaderEvent] = [
        .serviceAvailable, .readerArrived(first), .readerArrived(second), .cardInserted(first, nil, insertion: 1),
    ]

    @Test func tellsASwapThatTheConsumerMissed() {
        let missed: [ReaderEvent] = [
            .cardRemoved(Self.first), .cardInserted(Self.first, nil, insertion: 3), .cardRemoved(Self.first),
            .cardInserted(Self.first, nil, insertion: 5),
        ]
        #expect(
            afterOverflow(seen: Self.seenCard, missed: missed)
                == [.cardRemoved(Self.first), .cardInserted(Self.first, nil, insertion: 5)]
        )
    }

    @Test func tellsARemovalThatTheConsumerMissed() {
        let missed: [ReaderEvent] = [
            .cardRemoved(Self.first), .cardInserted(Self.second, nil, insertion: 1), .cardRemoved(Self.second),
        ]
        #expect(afterOverflow(seen: Self.seenCard, missed: missed) == [.cardRemoved(Self.first)])
    }

    @Test func tellsAReplugThatTheConsumerMissed() {
        let missed: [ReaderEvent] = [
            .cardRemoved(Self.first), .readerLeft(Self.first), .readerArrived(Self.first),
            .cardInserted(Self.first, nil, insertion: 1),
        ]
        #expect(afterOverflow(seen: Self.seenCard, missed: missed) == missed)
    }

    @Test func tellsARestartThatTheConsumerMissed() {
        let missed: [ReaderEvent] = [
            .serviceLost(.serviceNotRunning), .serviceAvailable, .readerArrived(Self.first),
            .cardInserted(Self.first, nil, insertion: 1),
        ]
        #expect(afterOverflow(seen: Self.seenCard, missed: missed) == missed)
    }

    @Test func tellsOnlyTheLossWhenTheServiceIsGone() {
        let missed: [ReaderEvent] = [
            .cardRemoved(Self.first), .readerLeft(Self.first), .readerLeft(Self.second),
            .serviceLost(.serviceNotAnswering),
        ]
        #expect(afterOverflow(seen: Self.seenCard, missed: missed) == [.serviceLost(.serviceNotAnswering)])
    }

    @Test func tellsTheLastReasonOfALoss() {
        let missed: [ReaderEvent] = [
            .serviceLost(.serviceNotAnswering), .serviceLost(.serviceNotRunning), .serviceLost(.accessDenied),
        ]
        #expect(afterOverflow(seen: [], missed: missed) == [.serviceLost(.accessDenied)])
    }

    @Test func tellsWhatBecameOfACardThatStayed() {
        let missed: [ReaderEvent] = [
            .cardMute(Self.first), .cardInserted(Self.first, nil, insertion: 1), .presenceUnknown(Self.first),
        ]
        #expect(afterOverflow(seen: Self.seenCard, missed: missed) == [.presenceUnknown(Self.first)])
    }

    /// Random stories with a slow consumer: it ends with the same view, and what it was told makes sense.
    @Test(arguments: [11, 12, 13, 14] as [UInt64])
    func leadsASlowConsumerToTheTruth(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var consistency = EventConsistency()
        for _ in 0..<100 {
            var backlog = ReaderEventBacklog(capacity: Int.random(in: 1...6, using: &random))
            var truth = SupervisorDriver()
            truth.start()
            var told: [ReaderEvent] = []
            for _ in 0..<300 {
                step(&truth, &random)
                for event in truth.events { backlog.append(event) }
                for _ in 0..<Int.random(in: 0...1, using: &random) {
                    if let event = backlog.next() { told.append(event) }
                }
            }
            told += drain(&backlog)
            for event in told { consistency.take(event) }
            consistency.reset()
            #expect(backlog.seen.readers == backlog.latest.readers, "seed \(seed)")
            #expect(backlog.seen.availableSince == backlog.latest.availableSince, "seed \(seed)")
            #expect(backlog.seen.loss?.code == backlog.latest.loss?.code, "seed \(seed)")
        }
        #expect(consistency.violations.isEmpty, "seed \(seed)")
    }

    private func step(_ driver: inout SupervisorDriver, _ random: inout SplitMix64) {
        switch driver.supervisor.phase {
        case .establishing: driver.establish()
        case .backingOff, .pausing: driver.timeout()
        case .listing:
            let names = [Self.first, Self.second].filter { _ in Bool.random(using: &random) }
            driver.handle(.listed(connection: driver.connection, .success, names))
        default:
            let readers = driver.supervisor.readers.map { reader in
                var watched = PCSCWatchedReader(name: reader.name.rawValue, known: reader.known)
                let flags: [PCSCReaderState.Flags] = [.empty, .present, .present, [.present, .mute], .unavailable]
                let counter = reader.known.counter &+ UInt16.random(in: 0...2, using: &random)
                watched.event = PCSCReaderState(flags.randomElement(using: &random) ?? .empty, counter: counter)
                return watched
            }
            let codes: [PCSCReturnCode] = [.success, .success, .success, .unknownReader, .noService]
            let code = codes.randomElement(using: &random) ?? .success
            driver.handle(.waited(connection: driver.connection, .init(returned: code, readers: readers)))
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ReaderEventQueueTests {
    @Test func endsWhenItIsFinishedAfterWhatWaits() async {
        let queue = ReaderEventQueue()
        queue.append(.serviceAvailable)
        queue.finish()
        queue.append(.serviceLost(.failure))
        var events: [ReaderEvent] = []
        for await event in queue.stream { events.append(event) }
        #expect(events == [.serviceAvailable])
    }

    @Test func wakesAConsumerThatWaits() async {
        let queue = ReaderEventQueue()
        async let first: ReaderEvent? = {
            for await event in queue.stream { return event }
            return nil
        }()
        queue.append(.serviceAvailable)
        #expect(await first == .serviceAvailable)
    }

    @Test func endsWhenTheConsumerIsCancelled() async {
        let queue = ReaderEventQueue()
        let consumer = Task {
            for await _ in queue.stream {}
            return true
        }
        consumer.cancel()
        #expect(await consumer.value)
    }
}
