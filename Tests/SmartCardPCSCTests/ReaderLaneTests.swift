import SmartCard
import Testing

@testable import SmartCardPCSC

/// A service object with one reader that holds a card, over a service in memory and a clock that the test moves.
struct CardBench {
    struct Failure: Error, Equatable {}

    static let name = ReaderName("First 00 00")
    static let read: [UInt8] = [0x00, 0xB0, 0x00, 0x00, 0x02]

    let library = FakePCSCLibrary(readers: [.init(name: "First 00 00", flags: .present, counter: 1)])
    let scheduler = ManualScheduler()
    let service: PCSCCardService
    let reader: any CardReader

    init() {
        service = PCSCCardService(configuration: .init(), library: library, scheduler: scheduler)
        reader = service.reader(Self.name)
    }

    /// What was called, in order.
    var log: [String] { library.world.withLock { $0.log } }

    func script(_ function: FakePCSCLibrary.Function, _ results: PCSCReturnCode...) {
        library.change { $0.scripted[function] = results }
    }

    func hang(_ functions: FakePCSCLibrary.Function...) {
        library.change { $0.hanging.formUnion(functions) }
    }

    func release() {
        library.change { $0.hanging = [] }
    }

    func isStuck(in function: FakePCSCLibrary.Function, threads: Int = 1) async -> Bool {
        await library.until { $0.stuck[function] == threads }
    }

    func exchangeOnce() async throws -> [UInt8] {
        try await reader.withCard { try $0.transmit(Self.read) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct ReaderLaneTests {
    private let bench = CardBench()

    // MARK: The usual course

    @Test func takesTheCardRunsTheBodyAndGivesTheCardBack() async throws {
        bench.library.change { $0.answer = { $0 + [0x90, 0x00] } }
        #expect(try await bench.exchangeOnce() == CardBench.read + [0x90, 0x00])
        #expect(bench.log == ["establish", "connect", "begin", "transmit", "end", "disconnect"])
    }

    @Test func keepsTheLineForTheNextBody() async throws {
        _ = try await bench.exchangeOnce()
        _ = try await bench.exchangeOnce()
        #expect(bench.log.filter { $0 == "establish" }.count == 1)
        #expect(bench.log.suffix(5) == ["connect", "begin", "transmit", "end", "disconnect"])
    }

    @Test func givesTheCardBackWhenTheBodyThrows() async {
        await #expect(throws: CardBench.Failure()) {
            try await bench.reader.withCard { _ in throw CardBench.Failure() }
        }
        #expect(bench.log == ["establish", "connect", "begin", "end", "disconnect"])
    }

    @Test func knowsTheAnswerToReset() async throws {
        #expect(try await bench.reader.withCard { $0.answerToReset?.bytes } == [0x3B, 0x00])
    }

    @Test func runsTheBodiesOfOneReaderOneAfterAnother() async throws {
        let gauge = Monitor((now: 0, most: 0))
        let bench = bench
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await bench.reader.withCard { channel in
                        gauge.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                        _ = try channel.transmit(CardBench.read)
                        gauge.withLock { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(gauge.withLock { $0.most } == 1)
        #expect(bench.service.metrics.bodies == 10)
        #expect(bench.service.metrics.exchanges == 10)
    }

    @Test func measuresTheTimeInsideTheExchanges() async throws {
        bench.library.change { [scheduler = bench.scheduler] world in
            world.answer = { _ in
                scheduler.advance(by: .milliseconds(3))
                return [0x90, 0x00]
            }
        }
        let inBody = try await bench.reader.withCard { channel in
            _ = try channel.transmit(CardBench.read)
            return (channel as? any TimedCardChannel)?.exchangeNanoseconds
        }
        #expect(bench.service.transmitNanoseconds == inBody)
        #expect(inBody == 3_000_000)
    }

    @Test func letsItsThreadEndWhenTheReaderLeaves() async throws {
        _ = try await bench.exchangeOnce()
        (bench.reader as? PCSCCardReader)?.lane.retire()
        #expect(await bench.library.until { $0.contexts.isEmpty })
        _ = try await bench.exchangeOnce()
        #expect(bench.log.filter { $0 == "establish" }.count == 2)
    }

    @Test func refusesACommandThatIsNone() async {
        #expect(
            await errorCode { try await bench.reader.withCard { try $0.transmit([0, 0xB0, 0]) } } == .apduMalformed
        )
    }

    @Test func takesAnAnswerWithoutStatusWordForAFailure() async {
        bench.library.change { $0.answer = { _ in [0x90] } }
        #expect(await errorCode { try await bench.exchangeOnce() } == .cardCommunication)
    }

    // MARK: Failures on the way to the card

    @Test(arguments: [
        (FakePCSCLibrary.Function.connect, PCSCReturnCode.noSmartCard, SmartCardError.Code.cardAbsent),
        (.connect, .unknownReader, .readerNotFound),
        (.connect, .readerUnavailable, .readerUnplugged),
        (.beginTransaction, .removedCard, .cardRemoved),
        (.beginTransaction, .readerUnavailable, .readerUnplugged),
        (.establish, .noService, .serviceNotRunning),
        (.establish, .serviceStopped, .protocolMismatch),
    ])
    func hasACodeForEachFailure(
        function: FakePCSCLibrary.Function,
        returned: PCSCReturnCode,
        code: SmartCardError.Code
    ) async {
        bench.script(function, returned)
        #expect(await errorCode { try await bench.exchangeOnce() } == code)
        #expect(await errorCode { try await bench.exchangeOnce() } == nil)
        #expect(bench.library.world.withLock { $0.connections.isEmpty })
    }

    @Test func namesARefusalOnlyWhenItIsRepeated() async throws {
        bench.script(.establish, .securityViolation)
        _ = try await bench.exchangeOnce()
        (bench.reader as? PCSCCardReader)?.lane.retire()
        #expect(await bench.library.until { $0.contexts.isEmpty })
        bench.script(.establish, .securityViolation, .securityViolation)
        #expect(await errorCode { try await bench.exchangeOnce() } == .accessDenied)
    }

    @Test func beginsAnewWithAFreshLineWhenTheOldOneIsDead() async throws {
        _ = try await bench.exchangeOnce()
        bench.library.stopService()
        bench.library.startService()
        _ = try await bench.exchangeOnce()
        #expect(
            bench.log.suffix(8) == [
                "connect", "release", "establish", "connect", "begin", "transmit", "end", "disconnect",
            ]
        )
    }

    @Test func beginsAnewOnlyOnce() async {
        bench.script(.connect, .noService, .noService, .noService)
        #expect(await errorCode { try await bench.exchangeOnce() } == .serviceNotRunning)
        #expect(bench.log.filter { $0 == "connect" }.count == 2)
    }

    @Test func waitsForAnotherProgramToLetGo() async throws {
        bench.script(.connect, .sharingViolation, .sharingViolation)
        _ = try await bench.exchangeOnce()
        #expect(bench.log.filter { $0 == "connect" }.count == 3)
    }

    @Test func givesUpWhenAnotherProgramDoesNotLetGo() async {
        bench.library.change { $0.scripted[.connect] = Array(repeating: .sharingViolation, count: 10_000) }
        async let code = errorCode { try await bench.exchangeOnce() }
        #expect(await bench.library.until { $0.log.filter { $0 == "connect" }.count >= 2 })
        bench.scheduler.advance(by: .seconds(2))
        #expect(await code == .readerSharingViolation)
        #expect(bench.service.metrics.abandonedThreads == 0)
    }

    @Test(arguments: [
        (PCSCReturnCode.unpoweredCard, SmartCardError.Code.cardMute),
        (.unresponsiveCard, .cardMute),
        (.protocolMismatch, .cardProtocolUnsupported),
    ])
    func tellsAMuteCardFromOneThatIsBeingTakenOff(returned: PCSCReturnCode, code: SmartCardError.Code) async {
        bench.script(.connect, returned, returned, .noSmartCard)
        #expect(await errorCode { try await bench.exchangeOnce() } == .cardAbsent)
        bench.library.change { $0.scripted[.connect] = Array(repeating: returned, count: 10_000) }
        let connects = bench.log.filter { $0 == "connect" }.count
        async let thrown = errorCode { try await bench.exchangeOnce() }
        #expect(await bench.library.until { $0.log.filter { $0 == "connect" }.count >= connects + 2 })
        bench.scheduler.advance(by: .milliseconds(450))
        #expect(await thrown == code)
    }

    @Test func takesACardAgainThatWasResetOnTheWay() async throws {
        bench.script(.beginTransaction, .resetCard, .resetCard)
        _ = try await bench.exchangeOnce()
        #expect(bench.log.prefix(6) == ["establish", "connect", "begin", "reconnect", "begin", "reconnect"])
    }

    @Test func givesUpACardThatIsResetAgainAndAgain() async {
        bench.script(.beginTransaction, .resetCard, .resetCard, .resetCard, .resetCard, .resetCard)
        #expect(await errorCode { try await bench.exchangeOnce() } == .cardReset)
    }

    // MARK: Failures in the body

    @Test func repeatsTheFirstExchangeAfterAResetSinceNoStateIsLost() async throws {
        bench.script(.transmit, .resetCard)
        _ = try await bench.exchangeOnce()
        #expect(
            bench.log == ["establish", "connect", "begin", "transmit", "reconnect", "transmit", "end", "disconnect"]
        )
    }

    @Test func reportsAResetThatCostTheCardItsState() async throws {
        let codes = try await bench.reader.withCard { [bench] channel in
            _ = try channel.transmit(CardBench.read)
            bench.script(.transmit, .resetCard)
            do {
                _ = try channel.transmit(CardBench.read)
                return [SmartCardError.Code]()
            } catch let error as SmartCardError {
                // The card can be used again, from the beginning.
                _ = try channel.transmit(CardBench.read)
                return [error.code]
            }
        }
        #expect(codes == [.cardReset])
    }

    @Test func tellsACardThatWasTornOutByALookAfterwards() async {
        bench.script(.transmit, .notTransacted)
        bench.library.change { $0.reconnects = [.success, .protocolMismatch, .noSmartCard] }
        #expect(await errorCode { try await bench.exchangeOnce() } == .cardRemoved)
    }

    @Test func tellsAReaderThatWasTornOutByALookAfterwards() async {
        bench.script(.transmit, .notTransacted)
        bench.library.change { $0.reconnects = [.readerUnavailable] }
        #expect(await errorCode { try await bench.exchangeOnce() } == .readerUnplugged)
    }

    @Test func reportsALineFaultWhenTheCardIsStillThere() async {
        bench.script(.transmit, .notTransacted)
        #expect(await errorCode { try await bench.exchangeOnce() } == .cardCommunication)
        #expect(bench.log.filter { $0 == "reconnect" }.count == 5)
    }

    @Test func dropsTheLineWhenTheServiceGoesAwayInTheBody() async {
        await #expect(throws: SmartCardError.self) {
            try await bench.reader.withCard { [bench] channel in
                bench.library.stopService()
                _ = try channel.transmit(CardBench.read)
            }
        }
        bench.library.startService()
        #expect(await bench.library.until { $0.contexts.isEmpty })
        #expect(await errorCode { try await bench.exchangeOnce() } == nil)
        #expect(bench.log.filter { $0 == "establish" }.count == 2)
    }
}
