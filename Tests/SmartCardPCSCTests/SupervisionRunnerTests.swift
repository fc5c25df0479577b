import SmartCard
import Testing

@testable import SmartCardPCSC

/// The supervision with its threads, over a service in memory and a clock that the test moves.
@Suite(.timeLimit(.minutes(1))) struct SupervisionRunnerTests {
    private static let name = ReaderName("First 00 00")
    private static let inserted1 = ReaderEvent.cardInserted(name, insertedAnswerToReset, insertion: 1)

    /// A service object under supervision.
    private struct Station {
        let library: FakePCSCLibrary
        let scheduler = ManualScheduler()
        let service: PCSCCardService

        init(readers: [FakePCSCLibrary.Reader] = [.init(name: "First 00 00")]) {
            library = FakePCSCLibrary(readers: readers)
            service = PCSCCardService(configuration: .init(), library: library, scheduler: scheduler)
        }

        func next() async -> ReaderEvent? { await service.nextEvent() }

        /// Runs the supervision while `body` plays, then ends it.
        static func supervise(_ body: (Station) async throws -> Void) async rethrows {
            let station = Station()
            let service = station.service
            async let run: Void = service.run()
            defer { service.shutdown() }
            try await body(station)
            service.shutdown()
            await run
        }
    }

    @Test func tellsTapsAndLifts() async {
        await Station.supervise { station in
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            station.library.insert("First 00 00")
            #expect(await station.next() == Self.inserted1)
            station.library.remove("First 00 00")
            #expect(await station.next() == .cardRemoved(Self.name))
        }
    }

    @Test func tellsReadersThatComeAndGo() async {
        await Station.supervise { station in
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            #expect(await station.library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known != .unaware })
            station.library.change { $0.readers.append(.init(name: "Second 01 00")) }
            #expect(await station.next() == .readerArrived(ReaderName("Second 01 00")))
            station.library.change { _ = $0.readers.removeFirst() }
            #expect(await station.next() == .readerLeft(Self.name))
        }
    }

    @Test func findsAReaderThatCameBetweenTwoWaits() async {
        await Station.supervise { station in
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            #expect(await station.library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known != .unaware })
            // The wait under way does not see it; the check of the list after the wait does.
            station.library.change { world in
                world.readers[0].name = "Second 01 00"
                world.quietEnds += 1
            }
            #expect(await station.next() == .readerLeft(Self.name))
            #expect(await station.next() == .readerArrived(ReaderName("Second 01 00")))
        }
    }

    @Test func comesBackFromAStoppedService() async {
        await Station.supervise { station in
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            station.library.insert("First 00 00")
            #expect(await station.next() == Self.inserted1)
            station.library.stopService()
            #expect(await station.next() == .serviceLost(.serviceNotRunning))
            #expect(station.service.loss == .serviceNotRunning)
            #expect(await station.library.until { $0.contexts.isEmpty })
            station.library.startService()
            station.scheduler.advance(by: .seconds(1))
            #expect(await station.next() == .serviceAvailable)
            #expect(station.service.loss == nil)
            #expect(await station.next() == .readerArrived(Self.name))
            #expect(await station.next() == Self.inserted1)
        }
    }

    @Test func takesTheLateAnswerOfAServiceThatHungAtTheStart() async {
        let library = FakePCSCLibrary(readers: [.init(name: "First 00 00")])
        library.change { $0.hanging = [.establish] }
        let scheduler = ManualScheduler()
        let service = PCSCCardService(configuration: .init(), library: library, scheduler: scheduler)
        async let run: Void = service.run()
        #expect(await library.until { $0.stuck[.establish] == 1 })
        scheduler.advance(by: .seconds(60))
        #expect(await service.nextEvent() == .serviceLost(.serviceNotAnswering))
        #expect(library.world.withLock { $0.stuck[.establish] } == 1)
        library.change { $0.hanging = [] }
        #expect(await service.nextEvent() == .serviceAvailable)
        service.shutdown()
        await run
    }

    @Test func leavesAHangingWaitBehindAndReleasesItsContextWhenItComesBack() async {
        await Station.supervise { station in
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            station.library.insert("First 00 00")
            #expect(await station.next() == Self.inserted1)
            #expect(await station.library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known.counter == 1 })
            station.library.change { $0.hanging = [.establish, .waitForChange] }
            station.scheduler.advance(by: .milliseconds(850))
            #expect(await station.next() == .serviceLost(.serviceNotAnswering))
            #expect(await station.library.until { $0.stuck[.establish] == 1 })
            #expect(station.library.world.withLock { $0.contexts.count } == 1)
            station.library.change { world in
                world.hanging = []
                world.quietEnds += 1
            }
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            #expect(await station.next() == Self.inserted1)
            #expect(await station.library.until { $0.contexts.count == 1 })
        }
    }

    @Test func repeatsTheCancellationUntilTheWaitHasEnded() async {
        await Station.supervise { station in
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            #expect(await station.library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known != .unaware })
            station.library.change { $0.lostCancellations = 3 }
            station.service.shutdown()
            #expect(await station.next() == nil)
            #expect(await station.library.until { $0.contexts.isEmpty })
            #expect(station.library.world.withLock { $0.cancellations } == 4)
        }
    }

    @Test func endsEvenIfTheWaitCannotBeCancelled() async {
        await Station.supervise { station in
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            #expect(await station.library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known != .unaware })
            station.library.change { $0.hanging = [.waitForChange] }
            station.service.shutdown()
            station.scheduler.advance(by: .milliseconds(500))
            #expect(await station.next() == nil)
            #expect(station.library.world.withLock { $0.contexts.count } == 1)
            station.library.change { $0.hanging = [] }
            #expect(await station.library.until { $0.contexts.isEmpty })
        }
    }

    @Test func endsWhenItsTaskIsCancelled() async {
        let service = PCSCCardService(
            configuration: .init(),
            library: FakePCSCLibrary(),
            scheduler: ManualScheduler()
        )
        let run = Task { await service.run() }
        run.cancel()
        await run.value
        await service.run()
    }

    @Test func answersFromWhatItKnowsWhileItRuns() async throws {
        try await Station.supervise { station in
            station.library.insert("First 00 00")
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            #expect(await station.next() == Self.inserted1)
            let lines = station.library.world.withLock { $0.contexts.count }
            let readers = try await station.service.readers()
            #expect(
                readers == [ReaderListing(name: Self.name, presence: .card, answerToReset: insertedAnswerToReset)]
            )
            #expect(station.library.world.withLock { $0.contexts.count } == lines)
        }
    }

    @Test func endsTheBodiesWhenTheServiceStopsAnswering() async {
        await Station.supervise { station in
            station.library.insert("First 00 00")
            #expect(await station.next() == .serviceAvailable)
            #expect(await station.next() == .readerArrived(Self.name))
            #expect(await station.next() == Self.inserted1)
            #expect(await station.library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known.counter == 1 })
            station.library.change { $0.hanging = [.transmit] }
            let reader = station.service.reader(Self.name)
            async let body = errorCode { try await reader.withCard { try $0.transmit([0, 0xB0, 0, 0]) } }
            #expect(await station.library.until { $0.stuck[.transmit] == 1 })
            station.library.change { $0.hanging = [.transmit, .waitForChange, .establish] }
            station.scheduler.advance(by: .milliseconds(850))
            #expect(await body == .serviceNotAnswering)
            #expect(await errorCode { try await reader.withCard { _ in } } == .serviceNotAnswering)
            station.library.change { world in
                world.hanging = []
                world.quietEnds += 1
            }
        }
    }
}

extension PCSCCardService {
    /// The next event; nil at the end.
    func nextEvent() async -> ReaderEvent? {
        for await event in events { return event }
        return nil
    }
}

/// The failure code that an operation throws; nil if it succeeds or throws something else.
func errorCode<Value>(_ operation: () async throws -> Value) async -> SmartCardError.Code? {
    do {
        _ = try await operation()
        return nil
    } catch {
        return (error as? SmartCardError)?.code
    }
}
