import Benefits
import SmartCard

@testable import Station

/// A controller with doubles around it.
struct Stage {
    let controller: ServicePointController
    let journal: ListJournal
    let pin = PlainPIN()

    /// Without a reader no card can be read.
    init(reader: (any CardReader)? = nil, journal: ListJournal = ListJournal()) throws {
        self.journal = journal
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
                reader: { reader ?? BrokenReader(name: $0) }
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

/// The first presentation that is wanted; nil when the stream ends before.
func first(
    of stream: AsyncStream<Presentation>,
    where isWanted: @Sendable (Presentation) -> Bool
) async -> Presentation? {
    for await next in stream where isWanted(next) { return next }
    return nil
}

/// A reader without a card.
struct BrokenReader: CardReader {
    let name: ReaderName

    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        throw SmartCardError(.cardCommunication, "the double has no card")
    }
}
