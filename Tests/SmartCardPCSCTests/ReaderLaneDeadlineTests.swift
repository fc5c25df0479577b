import SmartCard
import Testing

@testable import SmartCardPCSC

/// Calls that do not come back, and callers that go away.
@Suite(.timeLimit(.minutes(1))) struct ReaderLaneDeadlineTests {
    /// To the moment at which an exchange, or opening, has overrun, and not as far as the look that follows may take.
    private static let exchangeLimit: Duration = .seconds(5)
    private static let openingLimit: Duration = .milliseconds(2_250)

    private let bench = CardBench()

    // MARK: Hangs

    @Test func leavesAThreadBehindWhoseExchangeDoesNotEnd() async {
        bench.hang(.transmit)
        async let code = errorCode { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .transmit))
        bench.scheduler.advance(by: Self.exchangeLimit)
        #expect(await code == .readerTimeout)
        #expect(bench.service.metrics.abandonedThreads == 1)
        #expect(bench.service.metrics.stuckThreads == 1)
        bench.release()
        #expect(await bench.library.until { $0.contexts.isEmpty && $0.connections.isEmpty })
    }

    @Test(arguments: [PCSCReturnCode.resetCard, .notTransacted])
    func watchesALookAfterAFailedExchangeAsAnExchange(_ failure: PCSCReturnCode) async {
        bench.script(.transmit, failure)
        bench.hang(.reconnect)
        async let code = errorCode { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .reconnect))
        bench.scheduler.advance(by: Self.exchangeLimit)
        #expect(await code == .readerTimeout)
        bench.release()
        #expect(await bench.library.until { $0.contexts.isEmpty })
    }

    @Test func servesTheNextCallWithANewThread() async {
        bench.hang(.transmit)
        async let code = errorCode { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .transmit))
        bench.scheduler.advance(by: Self.exchangeLimit)
        #expect(await code == .readerTimeout)
        #expect(await errorCode { try await bench.reader.withCard { _ in } } == nil)
        bench.release()
        #expect(await bench.library.until { $0.contexts.count == 1 })
        #expect(await errorCode { try await bench.exchangeOnce() } == nil)
    }

    @Test func neverExchangesAgainAfterItsDeadline() async {
        bench.hang(.transmit)
        async let code = errorCode {
            try await bench.reader.withCard { channel in
                for _ in 0..<10 { _ = try? channel.transmit(CardBench.read) }
            }
        }
        #expect(await bench.isStuck(in: .transmit))
        bench.scheduler.advance(by: Self.exchangeLimit)
        #expect(await code == .readerTimeout)
        bench.release()
        #expect(await bench.library.until { $0.contexts.isEmpty })
        #expect(bench.log.filter { $0 == "transmit" }.count == 1)
    }

    @Test func neverBeginsABodyAfterItsDeadline() async {
        let hasRun = Monitor(false)
        bench.hang(.connect)
        async let code = errorCode { try await bench.reader.withCard { _ in hasRun.withLock { $0 = true } } }
        #expect(await bench.isStuck(in: .connect))
        bench.scheduler.advance(by: Self.openingLimit)
        #expect(await code == .readerTimeout)
        bench.release()
        #expect(await bench.library.until { $0.contexts.isEmpty })
        #expect(!hasRun.withLock { $0 })
        #expect(bench.log.suffix(4) == ["begin", "end", "disconnect", "release"])
    }

    @Test func failsAtOnceWhenTooManyThreadsAreStuck() async {
        bench.hang(.transmit, .connect)
        for threads in 1...ReaderLane.mostStuck {
            async let code = errorCode { try await bench.exchangeOnce() }
            #expect(await bench.isStuck(in: .connect, threads: threads))
            bench.scheduler.advance(by: Self.openingLimit)
            #expect(await code == .readerTimeout)
        }
        #expect(await errorCode { try await bench.exchangeOnce() } == .readerTimeout)
        #expect(bench.service.metrics.stuckThreads == ReaderLane.mostStuck)
        bench.release()
        #expect(await bench.library.until { $0.contexts.isEmpty })
    }

    @Test func tellsAServiceThatDoesNotAnswerFromAReaderThatDoesNot() async {
        bench.hang(.transmit)
        async let code = errorCode { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .transmit))
        bench.hang(.establish)
        bench.scheduler.advance(by: .seconds(7))
        #expect(await code == .serviceNotAnswering)
        bench.release()
    }

    @Test func namesTheServiceWhenOpeningTheLineHangs() async {
        bench.hang(.establish)
        async let code = errorCode { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .establish))
        bench.scheduler.advance(by: .seconds(3))
        #expect(await code == .serviceNotAnswering)
        bench.release()
    }

    @Test func namesAnotherProgramThatHoldsTheCard() async {
        bench.library.change { $0.readers[0].flags = [.present, .inUse] }
        bench.hang(.beginTransaction)
        async let code = errorCode { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .beginTransaction))
        bench.scheduler.advance(by: Self.openingLimit)
        #expect(await code == .readerSharingViolation)
        bench.release()
    }

    @Test func endsABodyThatGoesOnTooLong() async {
        let gate = Monitor(false)
        async let code = errorCode {
            try await bench.reader.withCard { [library = bench.library] _ in
                library.change { $0.log.append("body") }
                _ = gate.wait { $0 ? true : nil }
            }
        }
        #expect(await bench.library.until { $0.log.contains("body") })
        bench.scheduler.advance(by: .seconds(30))
        #expect(await code == .readerTimeout)
        gate.update { $0 = true }
        #expect(await bench.library.until { $0.contexts.isEmpty })
    }

    @Test func givesTheResultEvenIfTheCardCannotBeGivenBack() async throws {
        bench.hang(.disconnect)
        async let answer = bench.exchangeOnce()
        #expect(await bench.isStuck(in: .disconnect))
        bench.scheduler.advance(by: .seconds(8))
        #expect(try await answer == [0x90, 0x00])
        bench.release()
    }

    // MARK: Cancellation

    @Test func doesNotBeginForACallerThatIsGone() async {
        let bench = bench
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await bench.exchangeOnce()
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(bench.log.isEmpty)
    }

    @Test func endsACallWhoseCallerGoesAwayInBoundedTime() async {
        bench.hang(.transmit)
        let bench = bench
        let call = Task { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .transmit))
        call.cancel()
        bench.scheduler.advance(by: .milliseconds(250))
        await #expect(throws: CancellationError.self) { try await call.value }
        bench.release()
        #expect(await bench.library.until { $0.contexts.isEmpty })
    }

    @Test func keepsTheThreadWhenACancelledBodyEndsByItself() async {
        bench.hang(.transmit)
        let bench = bench
        let call = Task {
            try await bench.reader.withCard { channel in
                while true { _ = try channel.transmit(CardBench.read) }
            }
        }
        #expect(await bench.isStuck(in: .transmit))
        call.cancel()
        bench.release()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(bench.service.metrics.abandonedThreads == 0)
        #expect(bench.log.filter { $0 == "transmit" }.count == 1)
    }

    @Test func takesACancelledCallOutOfTheQueueAtOnce() async {
        bench.hang(.transmit)
        let bench = bench
        let first = Task { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .transmit))
        let second = Task { try await bench.exchangeOnce() }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        bench.release()
        #expect((try? await first.value) == [0x90, 0x00])
        #expect(bench.log.filter { $0 == "transmit" }.count == 1)
    }

    @Test func servesTheCallsThatWaitedBehindAThreadThatWasLeft() async throws {
        bench.hang(.transmit)
        let bench = bench
        let first = Task { await errorCode { try await bench.exchangeOnce() } }
        #expect(await bench.isStuck(in: .transmit))
        let second = Task { try await bench.reader.withCard { _ in 7 } }
        while bench.waitingCalls == 0 { await Task.yield() }
        bench.scheduler.advance(by: Self.exchangeLimit)
        #expect(await first.value == .readerTimeout)
        #expect(try await second.value == 7)
        bench.release()
    }

    @Test func refusesMoreCallsThanMayWait() async {
        bench.hang(.transmit)
        let bench = bench
        let first = Task { try await bench.exchangeOnce() }
        #expect(await bench.isStuck(in: .transmit))
        let others = (0..<ReaderLane.mostWaiting).map { _ in Task { try await bench.exchangeOnce() } }
        while bench.waitingCalls < ReaderLane.mostWaiting { await Task.yield() }
        #expect(await errorCode { try await bench.exchangeOnce() } == .readerTimeout)
        bench.release()
        for call in [first] + others { #expect((try? await call.value) == [0x90, 0x00]) }
    }
}

extension CardBench {
    /// How many calls wait for their turn.
    fileprivate var waitingCalls: Int {
        (reader as? PCSCCardReader)?.lane.state.withLock { $0.waiting.count } ?? 0
    }
}
