public import SmartCard
import Synchronization

/// The smart-card readers of this machine, over libpcsclite and pcscd.
///
/// ``run()`` supervises: it tells of readers and cards by ``events`` and comes back by itself from every failure of the service.
/// ``reader(_:)`` gives the way to a card, with supervision or without. Every call of the library is made on a thread that can
/// be left behind, so that nothing here waits without bound and nothing delays the end of the process.
public final class PCSCCardService: Sendable {
    /// The changes at the readers, for one consumer, while ``run()`` runs; it ends with ``run()`` and with its consumer's task.
    ///
    /// After `serviceLost` all readers and cards are unknown; after `serviceAvailable` they are told anew. Whatever is told of a
    /// card (inserted, mute, presence unknown) is followed by one `cardRemoved` of the reader, or by `serviceLost`, before
    /// another card is told; a reader never leaves before that. A consumer that falls behind
    /// by 256 events gets, instead of those that wait, the events that lead from what it has seen to how things stand:
    /// intermediate states are lost, a removal never is.
    public let events: AsyncStream<ReaderEvent>

    private let library: any PCSCLibrary
    private let scheduler: any DeadlineScheduler
    private let lanes: LaneTable
    private let queue: ReaderEventQueue
    private let runner: SupervisionRunner
    private let finished = Once<Void>()
    private let isStarted = Atomic<Bool>(false)

    /// Makes the service; nothing is asked of pcscd yet.
    ///
    /// - Parameter configuration: The time limits.
    public convenience init(configuration: PCSCConfiguration = PCSCConfiguration()) {
        self.init(configuration: configuration, library: LibPCSCLite(), scheduler: DeadlineThread())
    }

    /// Makes the service over given functions and a given clock.
    init(
        configuration: PCSCConfiguration,
        timing: SupervisionTiming = SupervisionTiming(),
        library: any PCSCLibrary,
        scheduler: any DeadlineScheduler
    ) {
        self.library = library
        self.scheduler = scheduler
        let limits = CallLimits(
            opening: configuration.connectDeadline,
            body: configuration.bodyDeadline,
            exchange: configuration.transmitDeadline
        )
        let lanes = LaneTable(
            surroundings: CardSurroundings(
                library: library,
                scheduler: scheduler,
                limits: limits,
                counters: CardCounters()
            )
        )
        let queue = ReaderEventQueue()
        let finished = finished
        var timing = timing
        timing.establishLimit = configuration.establishDeadline
        self.lanes = lanes
        self.queue = queue
        events = queue.stream
        runner = SupervisionRunner(
            timing: timing,
            library: library,
            scheduler: scheduler,
            effects: SupervisionRunner.Effects(
                emit: { event in
                    if case .readerLeft(let name) = event { lanes.retire(name) }
                    queue.append(event)
                },
                failCalls: { lanes.failAll($0) },
                finish: { finished.resume(with: .success(())) }
            )
        )
    }

    deinit {
        lanes.retireAll()
    }

    /// Supervises until the task is cancelled or ``shutdown()`` is called.
    ///
    /// It returns within 1 s of that, whatever the service does. A second run is none: it returns at once.
    public func run() async {
        guard !isStarted.exchange(true, ordering: .acquiringAndReleasing) else { return }
        await withTaskCancellationHandler {
            runner.handle(.start)
            // It is never resumed with an error.
            _ = try? await finished.result()
        } onCancel: {
            shutdown()
        }
        queue.finish()
        lanes.retireAll()
    }

    /// Ends ``run()``; bodies that are running on cards go on to their end.
    public func shutdown() {
        runner.handle(.stop)
    }

    /// The way to the card on a reader; the reader need not be there yet.
    ///
    /// - Parameter name: The reader's exact name.
    /// - Returns: The reader; all values for one name share one thread.
    public func reader(_ name: ReaderName) -> any CardReader {
        PCSCCardReader(name: name, lane: lanes.lane(of: name)) { [runner] in runner.loss }
    }

    /// The readers as they stand now: from supervision if it runs, else asked from the service.
    ///
    /// - Parameter timeout: How long the service may take.
    /// - Returns: The readers in the order of the service; none is an empty list.
    /// - Throws: ``SmartCardError`` with a code of the service.
    public func readers(timeout: Duration = .seconds(2)) async throws -> [ReaderListing] {
        if let readers = runner.readers { return readers.map { ReaderListing($0) } }
        if let code = runner.loss { throw SmartCardError(code, "there is no smart-card service to ask") }
        return try await Self.listReaders(timeout: timeout, library: library, scheduler: scheduler)
    }

    /// Why the service is lost; nil while it answers, and while nothing is known.
    public var loss: SmartCardError.Code? { runner.loss }

    /// The counts of all calls on cards.
    public var metrics: PCSCMetrics { lanes.metrics }

    /// The time spent inside `SCardTransmit` by all bodies that have ended, in nanoseconds.
    public var transmitNanoseconds: UInt64 { metrics.exchangeNanoseconds }

    /// How often the consumer of ``events`` was so slow that events were merged.
    public var eventOverflows: Int { queue.overflows }
}
