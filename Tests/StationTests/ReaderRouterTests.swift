import Benefits
import CivilIdentity
import HubProtocol
import SmartCard
import SocialCard
import Testing

@testable import Station

@Suite(.timeLimit(.minutes(1))) struct ReaderRouterTests {
    private static let kioskReader = ReaderName(rawValue: "Contact 00 00")
    private static let deskReader = ReaderName(rawValue: "Desk 00 00")

    private func router(acceptsSimulated: Bool = true) throws -> ReaderRouter {
        ReaderRouter(
            controllers: [try controller("kiosk-1", reader: "Contact"), try controller("desk-1", reader: "Desk")],
            acceptsSimulated: acceptsSimulated,
            isSimulated: { $0 == Self.kioskReader },
            random: seededRandom(5),
            journal: Nothing()
        )
    }

    private func controller(_ name: String, reader: String) throws -> ServicePointController {
        let assessor = CardAssessor(
            ledger: Nothing(),
            journal: Nothing(),
            pseudonyms: try Persona().pseudonyms,
            policy: try testPolicy(),
            clock: Nothing()
        )
        return ServicePointController(
            point: ServicePoint(
                id: try some(ServicePointID(rawValue: name)),
                kind: .kiosk,
                readers: [ServicePoint.Reader(namePrefix: reader, interface: .contact)],
                randomPINPad: false,
                limits: SessionLimits()
            ),
            services: ServicePointController.Services(
                assessor: assessor,
                journal: Nothing(),
                clock: Nothing(),
                random: seededRandom(6),
                pin: Nothing(),
                reader: { Nothing(name: $0) }
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

    /// The state after the events.
    private func state(_ router: ReaderRouter, after events: ReaderEvent...) async -> String {
        let (stream, continuation) = AsyncStream<ReaderEvent>.makeStream()
        for event in events { continuation.yield(event) }
        continuation.finish()
        await router.run(stream)
        let state = await router.state
        return "\(state.serviceCode ?? "ok"), \(state.pointsWithoutReader) without"
    }

    @Test func theServicePointsWithoutAReaderAreCounted() async throws {
        let router = try router()
        #expect(await state(router) == "pcsc.service-not-running, 2 without")
        #expect(await state(router, after: .serviceAvailable) == "ok, 2 without")
        #expect(await state(router, after: .readerArrived(Self.kioskReader)) == "ok, 1 without")
        #expect(await state(router, after: .readerArrived(Self.deskReader)) == "ok, 0 without")
        #expect(await state(router, after: .readerLeft(Self.kioskReader)) == "ok, 1 without")
        let lost = await state(router, after: .serviceLost(.serviceNotAnswering))
        #expect(lost == "pcsc.service-not-answering, 2 without")
    }

    @Test func simulatedReadersAndThoseOfNobodyCountForNothing() async throws {
        let router = try router(acceptsSimulated: false)
        let other = ReaderName(rawValue: "Other 00 00")
        let found = await state(
            router,
            after: .serviceAvailable,
            .readerArrived(Self.kioskReader),
            .readerArrived(other)
        )
        #expect(found == "ok, 2 without")
    }
}

/// Everything around a service point, of which these tests use nothing.
private struct Nothing: ResidentLedger, Journal, StationClock, PINBuffer, CardReader {
    var name = ReaderName(rawValue: "")

    func status() async throws -> LedgerStatus { throw MissingValue() }
    func lookup(card: CardKey, resident: ResidentKey) async throws -> LedgerLookup { throw MissingValue() }
    func append(_ events: [StationEvent]) async throws {}
    func pending(for resident: ResidentKey) async throws -> [PendingEvent] { [] }
    func triesLeft(of card: CardKey) async throws -> Int? { nil }
    func now() -> Int64 { noon }
    func uptime() -> Double { 0 }
    func sleep(seconds: Int) async throws { throw CancellationError() }
    var count: Int { 0 }
    func append(_ digit: UInt8) -> Bool { false }
    func deleteLast() {}
    func wipe() {}
    func take() -> any PINBuffer { self }
    func withDigits<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result { throw MissingValue() }
}
