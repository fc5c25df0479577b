import SmartCard
import Synchronization
import Testing

@testable import SmartCardPCSC

/// Bodies on cards, over a service in memory and a clock that the test moves.
@Suite(.timeLimit(.minutes(1))) struct ReaderLaneTests {
    private struct Failure: Error, Equatable {}

    private static let name = ReaderName("First 00 00")
    private static let read: [UInt8] = [0x00, 0xB0, 0x00, 0x00, 0x02]

    private let library = FakePCSCLibrary(readers: [.init(name: "First 00 00", flags: .present, counter: 1)])
    private let scheduler = ManualScheduler()
    private let service: PCSCCardService
    private let reader: any CardReader

    init() {
        service = PCSCCardService(configuration: .init(), library: library, scheduler: scheduler)
        reader = service.reader(Self.name)
    }

    /// What was called, in order.
    private var log: [String] { library.world.withLock { $0.log } }

    private func script(_ function: FakePCSCLibrary.Function, _ results: PCSCReturnCode...) {
        library.change { $0.scripted[function] = results }
    }

    private func exchangeOnce() async throws -> [UInt8] {
        try await reader.withCard { try $0.transmit(Self.read) }
    }

    // MARK: The usual course

    @Test func takesTheCardRunsTheBodyAndGivesTheCardBack() async throws {
        library.change { $0.answer = { $0 + [0x90, 0x00] } }
        #expect(try await exchangeOnce() == Self.read + [0x90, 0x00])
        #expect(log == ["establish", "connect", "begin", "transmit", "end", "disconnect"])
    }

    @Test func keepsTheLineForTheNextBody() async throws {
        _ = try await exchangeOnce()
        _ = try await exchangeOnce()
        #expect(log.filter { $0 == "establish" }.count == 1)
        #expect(log.suffix(5) == ["connect", "begin", "transmit", "end", "disconnect"])
    }

    @Test func givesTheCardBackWhenTheBodyThrows() async {
        await #expect(throws: Failure()) { try await reader.withCard { _ in throw Failure() } }
        #expect(log == ["establish", "connect", "begin", "end", "disconnect"])
    }

    @Test func knowsTheAnswerToReset() async throws {
        #expect(try await reader.withCard { $0.answerToReset?.bytes } == [0x3B, 0x00])
    }

    @Test func runsBodiesOneAfterAnother() async throws {
        let running = Atomic<Int>(0)
        let most = Atomic<Int>(0)
        let runningReference = UncheckedReference(running: running, most: most)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await reader.withCard { channel in
                        runningReference.enter()
                        _ = try channel.transmit(Self.read)
                        runningReference.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(runningReference.mostAtATime == 1)
    }
}
