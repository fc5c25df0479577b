import SmartCard

/// The thread of one reader: it keeps a context, and connects, takes the card and runs a body for each call.
final class ReaderWorker {
    /// How a call went, as far as the context is concerned.
    private enum Outcome {
        case ended
        /// The context is useless; the call has had its answer.
        case contextLost
        /// The context was useless before anything was sent to the card: the call may begin anew with another.
        case contextStale
    }

    /// The first pause before connecting again, and the longest.
    private static let repetitionPauses: (first: Duration, longest: Duration) = (
        .milliseconds(10), .milliseconds(100)
    )

    /// How long a card may seem mute, or without protocol, that is only just being taken off: drivers without interrupts notice
    /// a removal up to 400 ms later (PROTOCOLS.md 3.2).
    private static let removalPatience: Duration = .milliseconds(450)

    /// How often a card that was reset between connecting and taking it is taken again.
    private static let mostResets = 3

    private let number: Int
    private let lane: ReaderLane
    private let library: any PCSCLibrary
    private let buffer = ResponseBuffer()

    init(number: Int, lane: ReaderLane) {
        self.number = number
        self.lane = lane
        library = lane.surroundings.library
    }

    /// Serves calls until there is nothing to do for this worker any more.
    func serve() {
        var again: (any CardCall)?
        while let call = again ?? nextCall() {
            let isRepetition = again != nil
            again = nil
            do throws(PCSCReturnCode) {
                let context = try PCSCContext.open(library: library)
                again = serveCalls(in: context, first: call, isRepetition: isRepetition)
            } catch {
                conclude(call, SmartCardError(error, at: .establish, "no line to the smart-card service"))
            }
        }
        lane.workerEnded(number)
    }

    /// Serves calls with one context.
    ///
    /// - Parameters:
    ///   - context: The context; it may have been opened long before a call comes.
    ///   - first: The call to begin with.
    ///   - isRepetition: Whether the first call begins for the second time, and therefore not again.
    /// - Returns: A call that is to begin anew with another context; nil if the context is lost or there are no more calls.
    private func serveCalls(
        in context: borrowing PCSCContext,
        first: any CardCall,
        isRepetition: Bool
    ) -> (any CardCall)? {
        var call = first
        var mayRepeat = !isRepetition
        while true {
            switch serve(call, in: context, mayRepeat: mayRepeat) {
            case .ended: break
            case .contextLost: return nil
            case .contextStale: return call
            }
            guard let next = nextCall() else { return nil }
            call = next
            mayRepeat = true
        }
    }

    /// Waits for the next call that is still wanted and takes it up: from now on its deadlines are watched.
    private func nextCall() -> (any CardCall)? {
        while let call = lane.nextCall(of: number) {
            if call.watch.advance(from: .queued, to: .opening, at: lane.surroundings.scheduler.now) {
                lane.check(call)
                return call
            }
        }
        return nil
    }

    private func serve(_ call: any CardCall, in context: borrowing PCSCContext, mayRepeat: Bool) -> Outcome {
        do throws(OpeningFailure) {
            let isContextLost = try use(call, in: context)
            if call.watch.end(from: .closing) {
                lane.end(call)
                call.finish()
            }
            return isContextLost ? .contextLost : .ended
        } catch {
            if error.returned.meansContextLost, mayRepeat { return .contextStale }
            conclude(call, error.smartCardError(reader: lane.name))
            return error.returned.meansContextLost ? .contextLost : .ended
        }
    }

    /// Fails a call that has not reached its body.
    private func conclude(_ call: any CardCall, _ error: SmartCardError) {
        guard call.watch.end(from: .opening) else { return }
        lane.end(call)
        call.fail(error)
    }

    /// Connects, runs the body and gives the card back.
    ///
    /// - Returns: Whether the line to the service was lost.
    private func use(_ call: any CardCall, in context: borrowing PCSCContext) throws(OpeningFailure) -> Bool {
        let connection = try connect(context, for: call)
        try begin(connection)
        defer { _ = library.endTransaction(connection.handle) }
        let scheduler = lane.surroundings.scheduler
        guard call.watch.advance(from: .opening, to: .body, at: scheduler.now) else { return false }
        let channel = PCSCCardChannel(
            connection: connection,
            reader: lane.name,
            watch: call.watch,
            scheduler: scheduler,
            buffer: buffer
        )
        call.run(on: channel)
        buffer.wipe()
        lane.surroundings.counters.addBody(
            exchanges: channel.exchanges,
            nanoseconds: channel.exchangeNanoseconds
        )
        _ = call.watch.advance(from: .body, to: .closing, at: scheduler.now)
        return channel.isContextLost
    }

    /// Connects, again and again while the reason of a failure may pass.
    private func connect(
        _ context: borrowing PCSCContext,
        for call: any CardCall
    ) throws(OpeningFailure) -> PCSCConnection {
        let start = call.watch.sample.phaseSince
        var pause = Self.repetitionPauses.first
        while true {
            let failure: PCSCReturnCode
            do throws(PCSCReturnCode) {
                return try PCSCConnection(context: context, reader: lane.name.rawValue)
            } catch {
                failure = error
            }
            let isLast = lane.surroundings.scheduler.now + pause >= start + patience(with: failure)
            if isLast || call.watch.isCancelled { throw OpeningFailure(returned: failure, step: .connect) }
            DetachedThread.pause(pause)
            pause = min(pause * 2, Self.repetitionPauses.longest)
        }
    }

    /// How long after the beginning connecting is tried again after a failure.
    private func patience(with failure: PCSCReturnCode) -> Duration {
        switch failure {
        case .sharingViolation: lane.surroundings.limits.opening
        case .unpoweredCard, .unresponsiveCard, .protocolMismatch: Self.removalPatience
        default: .zero
        }
    }

    /// Takes the card for this connection alone.
    private func begin(_ connection: borrowing PCSCConnection) throws(OpeningFailure) {
        var returned = library.beginTransaction(connection.handle)
        var resets = 0
        while returned == .resetCard, resets < Self.mostResets {
            resets += 1
            let reconnected = library.reconnect(connection.handle).returned
            guard reconnected == .success else {
                throw OpeningFailure(returned: reconnected, step: .transaction)
            }
            returned = library.beginTransaction(connection.handle)
        }
        guard returned == .success else { throw OpeningFailure(returned: returned, step: .transaction) }
    }
}

/// Why a card could not be opened.
struct OpeningFailure: Error {
    let returned: PCSCReturnCode
    let step: PCSCStep

    func smartCardError(reader: ReaderName) -> SmartCardError {
        SmartCardError(returned, at: step, "no connection to the card on \(reader)")
    }
}
