import SmartCard
import Testing

@testable import SmartCardPCSC

/// Listing readers and waiting for a card without supervision.
@Suite(.timeLimit(.minutes(1))) struct ReaderSurveyTests {
    private static let first = "First Reader 00 00"
    private static let second = "Second Reader 01 00"
    private static let similar = "First Reader 02 00"

    private let scheduler = ManualScheduler()

    private static func card(_ name: String) -> FakePCSCLibrary.Reader {
        .init(name: name, flags: .present, counter: 1, answerToReset: [0x3B, 0x00])
    }

    private func wait(
        _ library: FakePCSCLibrary,
        for reader: String? = nil,
        timeout: Duration = .zero
    ) async throws -> ReaderName {
        try await PCSCCardService.waitForCard(
            reader: reader.map { ReaderName($0) },
            timeout: timeout,
            library: library,
            scheduler: scheduler
        )
    }

    private func list(_ library: FakePCSCLibrary) async throws -> [ReaderListing] {
        try await PCSCCardService.listReaders(timeout: .seconds(2), library: library, scheduler: scheduler)
    }

    // MARK: Listing

    @Test func listsReadersWithWhatIsOnThem() async throws {
        let library = FakePCSCLibrary(readers: [
            .init(name: Self.first), Self.card(Self.second),
            .init(name: "Third", flags: [.present, .mute], counter: 1), .init(name: "Fourth", flags: .unavailable),
        ])
        #expect(
            try await list(library) == [
                ReaderListing(name: ReaderName(Self.first), presence: .empty),
                ReaderListing(
                    name: ReaderName(Self.second),
                    presence: .card,
                    answerToReset: insertedAnswerToReset
                ),
                ReaderListing(name: ReaderName("Third"), presence: .mute),
                ReaderListing(name: ReaderName("Fourth"), presence: .unknown),
            ]
        )
        #expect(library.world.withLock { $0.contexts.isEmpty })
    }

    @Test func listsNothingWhenThereIsNoReader() async throws {
        #expect(try await list(FakePCSCLibrary()).isEmpty)
    }

    @Test func takesTheListAnewWhenAReaderLeavesMeanwhile() async throws {
        let library = FakePCSCLibrary(readers: [.init(name: Self.first)])
        library.change { $0.scripted[.waitForChange] = [.unknownReader, .unknownReader] }
        #expect(try await list(library).count == 1)
        library.change { $0.scripted[.waitForChange] = [.unknownReader, .unknownReader, .unknownReader] }
        #expect(await errorCode { try await list(library) } == .failure)
    }

    @Test(arguments: [
        (PCSCReturnCode.noService, SmartCardError.Code.serviceNotRunning),
        (.serviceStopped, .protocolMismatch),
    ])
    func saysWhyTheServiceCannotBeAsked(returned: PCSCReturnCode, code: SmartCardError.Code) async {
        let library = FakePCSCLibrary()
        library.change { $0.establish = returned }
        #expect(await errorCode { try await list(library) } == code)
    }

    @Test func doesNotWaitForAServiceThatDoesNotAnswer() async {
        let library = FakePCSCLibrary()
        library.change { $0.hanging = [.establish] }
        async let code = errorCode { try await list(library) }
        #expect(await library.until { $0.stuck[.establish] == 1 })
        scheduler.advance(by: .seconds(2))
        #expect(await code == .serviceNotAnswering)
        library.change { $0.hanging = [] }
    }

    // MARK: Waiting for a card

    @Test func takesTheOnlyReaderWithACard() async throws {
        let library = FakePCSCLibrary(readers: [.init(name: Self.first), Self.card(Self.second)])
        #expect(try await wait(library).rawValue == Self.second)
    }

    @Test func takesTheNamedReader() async throws {
        let library = FakePCSCLibrary(readers: [Self.card(Self.first), Self.card(Self.second)])
        #expect(try await wait(library, for: Self.first).rawValue == Self.first)
        #expect(try await wait(library, for: "Second Reader").rawValue == Self.second)
    }

    @Test func takesAnExactNameEvenIfOthersBeginWithIt() async throws {
        let library = FakePCSCLibrary(readers: [Self.card("Reader"), Self.card("Reader 2")])
        #expect(try await wait(library, for: "Reader").rawValue == "Reader")
    }

    @Test func takesAMuteCardForACard() async throws {
        let library = FakePCSCLibrary(readers: [.init(name: Self.first, flags: [.present, .mute], counter: 1)])
        #expect(try await wait(library).rawValue == Self.first)
    }

    @Test func saysWhatIsMissing() async {
        let none = FakePCSCLibrary()
        #expect(await errorCode { try await wait(none) } == .noReaders)
        let empty = FakePCSCLibrary(readers: [.init(name: Self.first), .init(name: Self.similar)])
        #expect(await errorCode { try await wait(empty) } == .cardAbsent)
        #expect(await errorCode { try await wait(empty, for: "Third") } == .readerNotFound)
        #expect(await errorCode { try await wait(empty, for: "First Reader") } == .readerAmbiguous)
        let two = FakePCSCLibrary(readers: [Self.card(Self.first), Self.card(Self.second)])
        #expect(await errorCode { try await wait(two) } == .readerAmbiguous)
    }

    @Test func passesOverASlotUnlessItIsNamed() async throws {
        let library = FakePCSCLibrary(readers: [Self.card(Self.first), Self.card(Self.second)])
        let scheduler = scheduler
        let found = try await PCSCCardService.waitForCard(
            reader: nil,
            timeout: .zero,
            passingOver: { $0.rawValue == Self.first },
            library: library,
            scheduler: scheduler
        )
        #expect(found.rawValue == Self.second)
        let named = try await PCSCCardService.waitForCard(
            reader: ReaderName(rawValue: Self.first),
            timeout: .zero,
            passingOver: { $0.rawValue == Self.first },
            library: library,
            scheduler: scheduler
        )
        #expect(named.rawValue == Self.first)
    }

    @Test func waitsForTheTap() async throws {
        let library = FakePCSCLibrary(readers: [.init(name: Self.first), .init(name: Self.second)])
        async let name = wait(library, timeout: .seconds(3600))
        #expect(await library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known != .unaware })
        library.insert(Self.second)
        #expect(try await name.rawValue == Self.second)
    }

    @Test func ignoresACardOnAnotherReaderThanTheNamedOne() async throws {
        let library = FakePCSCLibrary(readers: [.init(name: Self.first), .init(name: Self.second)])
        async let name = wait(library, for: Self.first, timeout: .seconds(3600))
        #expect(await library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known != .unaware })
        library.insert(Self.second)
        library.insert(Self.first)
        #expect(try await name.rawValue == Self.first)
    }

    @Test func leavesTheWaitWhenTheCallerGoesAway() async {
        let library = FakePCSCLibrary(readers: [.init(name: Self.first)])
        let scheduler = scheduler
        let call = Task {
            try await PCSCCardService.waitForCard(
                reader: nil,
                timeout: .seconds(3600),
                library: library,
                scheduler: scheduler
            )
        }
        #expect(await library.until { !$0.waiting.isEmpty && $0.lastWait.first?.known != .unaware })
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        library.expireWaits()
        #expect(await library.until { $0.contexts.isEmpty })
    }
}
