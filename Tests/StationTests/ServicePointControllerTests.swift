import Benefits
import CivilIdentity
import SmartCard
import SocialCard
import Testing

@testable import Station

@Suite(.timeLimit(.minutes(1))) struct ServicePointControllerTests {
    @Test func aSecondPageBlanksTheFirstAndEndsItsStream() async throws {
        let stage = try Stage()
        let first = await stage.controller.pageOpened(PageID(rawValue: 1))
        let second = await stage.controller.pageOpened(PageID(rawValue: 2))
        var last: Presentation?
        for await presentation in first { last = presentation }
        #expect(last?.screen == .idle(IdleScreen()))
        var screens = second.makeAsyncIterator()
        #expect(await screens.next()?.inSession == false)
    }

    @Test func anUnreadableCardIsToldWithItsCode() async throws {
        let stage = try Stage()
        try await stage.run {
            let screens = await stage.controller.pageOpened(PageID(rawValue: 1))
            await stage.controller.handle(.cardInserted(contactReader, .contact, session: "s1"))
            let failure = await first(of: screens) { if case .failure = $0.screen { true } else { false } }
            #expect(
                failure?.screen == .failure(FailureScreen(code: "card.communication", cardStillThere: true))
            )
            #expect(failure?.inSession == false)
        }
        #expect(stage.journal.kinds == [.cardInserted, .cardRejected, .sessionEnded])
    }

    @Test func inputOfAnotherPageIsIgnored() async throws {
        let stage = try Stage()
        _ = await stage.controller.pageOpened(PageID(rawValue: 1))
        await stage.controller.input(.help, from: PageID(rawValue: 9))
        #expect(await !stage.controller.machine.helpCalled)
        await stage.controller.input(.help, from: PageID(rawValue: 1))
        #expect(await stage.controller.machine.helpCalled)
    }

    @Test func theDigitsOfAPINAreWipedWhenTheCardGoes() async throws {
        let stage = try Stage()
        _ = await stage.controller.pageOpened(PageID(rawValue: 1))
        await stage.controller.handle(.cardInserted(contactReader, .contact, session: "s1"))
        _ = stage.pin.append(UInt8(ascii: "4"))
        await stage.controller.handle(.cardRemoved(contactReader))
        #expect(stage.pin.count == 0)
    }
}

/// A controller with doubles around it.
private struct Stage {
    let controller: ServicePointController
    let journal = ListJournal()
    let pin = PlainPIN()

    init() throws {
        let id = try some(ServicePointID(rawValue: "kiosk-1"))
        let persona = try Persona()
        let assessor = CardAssessor(
            ledger: FixedLedger(lookup: persona.lookup),
            journal: journal,
            pseudonyms: persona.pseudonyms,
            policy: try testPolicy(),
            clock: StandingClock()
        )
        controller = ServicePointController(
            point: ServicePoint(
                id: id,
                kind: .kiosk,
                readers: [ServicePoint.Reader(namePrefix: "Contact", interface: .contact)],
                randomPINPad: false,
                limits: SessionLimits()
            ),
            services: ServicePointController.Services(
                assessor: assessor,
                journal: journal,
                clock: StandingClock(),
                random: seededRandom(3),
                pin: pin,
                reader: { BrokenReader(name: $0) }
            ),
            facts: StationFacts(
                stationName: "演示站",
                hotline: "12345",
                simulated: true,
                fictitious: true,
                developmentKeys: true,
                freshnessLimits: .standard
            )
        )
    }

    /// Runs the controller beside the body and stops it afterwards.
    func run(_ body: @Sendable () async throws -> Void) async throws {
        async let running: Void = controller.run()
        try await body()
        await controller.stop()
        await running
    }
}

private func first(
    of stream: AsyncStream<Presentation>,
    where isWanted: @Sendable (Presentation) -> Bool
) async -> Presentation? {
    for await next in stream where isWanted(next) { return next }
    return nil
}

private struct BrokenReader: CardReader {
    let name: ReaderName

    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        throw SmartCardError(.cardCommunication, "the double has no card")
    }
}
