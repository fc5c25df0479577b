package import SmartCard
import SocialCard

/// Runs one service point: owns its machine, carries out its actions, publishes its screen.
///
/// Events are taken in one at a time and never wait: reading, verifying and journaling go on beside and come back as
/// events, so that a removed card blanks the screen whatever else is under way.
package actor ServicePointController: KioskSessionHost {
    /// What the controller works with.
    package struct Services: Sendable {
        package var assessor: CardAssessor
        package var journal: any Journal
        package var clock: any StationClock
        package var random: RandomSource
        package var pin: any PINBuffer
        package var reader: @Sendable (ReaderName) -> any CardReader

        package init(
            assessor: CardAssessor,
            journal: any Journal,
            clock: any StationClock,
            random: RandomSource,
            pin: any PINBuffer,
            reader: @escaping @Sendable (ReaderName) -> any CardReader
        ) {
            self.assessor = assessor
            self.journal = journal
            self.clock = clock
            self.random = random
            self.pin = pin
            self.reader = reader
        }
    }

    /// Rows that may wait for the disk before the service point stops taking cards.
    static let recordQueueLength = 64

    package nonisolated let point: ServicePoint
    let services: Services
    let facts: StationFacts
    var machine: SessionMachine
    var pad: PINPad
    var ledger: LedgerStatus?

    /// The digits that cards are about to get, by session; each is of its check alone.
    private var sentPINs: [String: any PINBuffer] = [:]
    private var livePage: PageID?
    private var liveStream: AsyncStream<Presentation>.Continuation?
    private var sequence: UInt64 = 0
    private var timerEnds: Double?
    private var timer: Task<Void, Never>?

    private let work: AsyncStream<Work>
    private let workQueue: AsyncStream<Work>.Continuation
    private let rows: AsyncStream<RecordBatch>
    private let rowQueue: AsyncStream<RecordBatch>.Continuation

    private enum Work: Sendable {
        case read(ReaderName, session: String)
        case verify(ReaderName, session: String, CardKeys, any PINBuffer)
    }

    private struct RecordBatch: Sendable {
        var batch: UInt64
        var events: [StationEvent]
    }

    package init(point: ServicePoint, services: Services, facts: StationFacts) {
        self.point = point
        self.services = services
        self.facts = facts
        machine = SessionMachine(servicePoint: point.id.rawValue, limits: point.limits)
        pad = PINPad(isShuffled: point.randomPINPad)
        (work, workQueue) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.recordQueueLength))
        (rows, rowQueue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.recordQueueLength))
    }

    /// Works until `stop`; what is under way with a card is given up then, and the last rows are written.
    package func run() async {
        await withDiscardingTaskGroup { writing in
            writing.addTask { await self.writeRows() }
            await withDiscardingTaskGroup { reading in
                for await item in work {
                    reading.addTask { await self.perform(item) }
                }
                reading.cancelAll()
            }
            rowQueue.finish()
        }
    }

    /// Ends the session and the page's stream; `run` returns after the last rows are written.
    package func stop() {
        handle(.pageLost)
        liveStream?.finish()
        liveStream = nil
        timer?.cancel()
        workQueue.finish()
    }

    /// What the daemon tells about the ledger that is in use.
    package func ledgerChanged(_ status: LedgerStatus?) {
        ledger = status
        publish()
    }

    /// Takes in an event and does what the machine wants done.
    package func handle(_ event: SessionEvent) {
        for action in machine.handle(event) {
            switch action {
            case .show: publish()
            case .record(let batch, let events): enqueue(RecordBatch(batch: batch, events: events))
            case .readCard(let reader, let session): workQueue.yield(.read(reader, session: session))
            case .verifyPIN(let reader, let session, let keys):
                let pin = services.pin.take()
                sentPINs[session] = pin
                workQueue.yield(.verify(reader, session: session, keys, pin))
            case .wipePIN: wipePINs()
            case .startTimer(let identifier, let seconds): startTimer(identifier, seconds)
            case .stopTimer: stopTimer()
            }
        }
    }

    // MARK: - Page

    package func pageOpened(_ page: PageID) -> AsyncStream<Presentation> {
        let former = liveStream
        liveStream = nil
        former?.yield(blankPresentation())
        former?.finish()
        let (stream, continuation) = AsyncStream<Presentation>.makeStream(bufferingPolicy: .bufferingNewest(1))
        livePage = page
        liveStream = continuation
        handle(.pageOpened)
        return stream
    }

    package func pageLost(_ page: PageID) {
        guard livePage == page else { return }
        livePage = nil
        liveStream?.finish()
        liveStream = nil
        handle(.pageLost)
    }

    package func input(_ input: KioskInput, from page: PageID) {
        guard livePage == page else { return }
        guard case .pinKey(let token) = input else { return handle(.input(input)) }
        press(token)
    }

    private func publish() {
        sequence &+= 1
        if case .pinPad = machine.shownPhase { pad.renew(services.random) } else { pad.clear() }
        liveStream?.yield(presentation(sequence: sequence, secondsLeft: secondsLeft))
    }

    private func blankPresentation() -> Presentation {
        sequence &+= 1
        return presentation(screen: .idle(IdleScreen()), sequence: sequence, secondsLeft: nil, inSession: false)
    }

    private func press(_ token: String) {
        guard case .pinPad = machine.phase, let key = pad.use(token) else { return }
        switch key {
        case .digit(let digit):
            _ = services.pin.append(digit)
            handle(.pinEdited(count: services.pin.count))
        case .delete:
            services.pin.deleteLast()
            handle(.pinEdited(count: services.pin.count))
        case .enter: handle(.pinEntered)
        case .cancel: handle(.pinCancelled)
        }
    }

    // MARK: - Work

    private func perform(_ item: Work) async {
        switch item {
        case .read(let reader, let session):
            do {
                handle(.cardAssessed(session: session, try await assess(reader)))
            } catch {
                handle(.cardUnreadable(session: session, code: FailureCode.of(error)))
            }
        case .verify(let reader, let session, let keys, let pin):
            let event: SessionEvent
            do {
                let check = PINCheck(assessor: services.assessor)
                let outcome = try await check.verify(pin, on: services.reader(reader), expecting: keys.card)
                event = .pinChecked(session: session, keys, outcome)
            } catch {
                event = .pinUnchecked(session: session, code: FailureCode.of(error))
            }
            sentPINs[session] = nil
            handle(event)
        }
    }

    /// A check that has not sent its digits yet finds none, and sends nothing.
    private func wipePINs() {
        services.pin.wipe()
        for pin in sentPINs.values { pin.wipe() }
    }

    private func assess(_ reader: ReaderName) async throws -> CardAssessment {
        let card = try await services.assessor.read(services.reader(reader))
        return try await services.assessor.assess(card, pinAccepted: false)
    }

    private func enqueue(_ batch: RecordBatch) {
        if case .dropped = rowQueue.yield(batch) {
            handle(.recordFailed(batch: batch.batch, code: "journal.storage"))
        }
    }

    private func writeRows() async {
        for await item in rows {
            do {
                try await services.journal.append(item.events)
                handle(.recorded(batch: item.batch))
            } catch {
                handle(.recordFailed(batch: item.batch, code: FailureCode.of(error)))
            }
        }
    }

    // MARK: - Timer

    private var secondsLeft: Int? {
        timerEnds.map { max(0, Int(($0 - services.clock.uptime()).rounded(.up))) }
    }

    private func startTimer(_ identifier: UInt64, _ seconds: Int) {
        timer?.cancel()
        timerEnds = services.clock.uptime() + Double(seconds)
        let clock = services.clock
        // Unstructured: it lives until it fires or the next one replaces it, whichever comes first; at most one stands.
        timer = Task { [weak self] in
            guard (try? await clock.sleep(seconds: seconds)) != nil else { return }
            await self?.handle(.timerFired(id: identifier))
        }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
        timerEnds = nil
    }
}
