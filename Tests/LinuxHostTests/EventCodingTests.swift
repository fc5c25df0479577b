import CivilIdentity
import HubProtocol
import Station
import Testing

@testable import LinuxHost

@Suite struct EventCodingTests {
    private static let keyText = String(repeating: "0a", count: 17)

    private func message(_ changes: [String: CanonicalJSON]) -> CanonicalJSON {
        var fields: [String: CanonicalJSON] = [
            "kind": "IdentityVerified", "attributes": .object(["level": "L1"]),
        ]
        fields.merge(changes) { $1 }
        return .array([.object(fields)])
    }

    @Test func whatACommandDoesComesBackAsItWas() throws {
        let events = [
            StationEvent(.pinAttempted, servicePoint: EventCoding.servicePoint),
            StationEvent(
                .pinFailed,
                servicePoint: EventCoding.servicePoint,
                session: "s1",
                residentKey: ResidentKey(bytes: [UInt8](repeating: 1, count: 17)),
                cardKey: CardKey(bytes: [UInt8](repeating: 0xAB, count: 17)),
                attributes: ["triesLeft": .integer(2)]
            ),
            StationEvent(.ledgerQueried, servicePoint: EventCoding.servicePoint),
        ]
        #expect(try EventCoding.events(EventCoding.value(events)) == events)
    }

    @Test func noRowOfAKioskCanBeMade() throws {
        let events = try EventCoding.events(message(["servicePoint": "kiosk-1"]))
        #expect(events.map(\.servicePoint) == ["command-line"])
        let named = StationEvent(.identityVerified, servicePoint: "kiosk-1")
        #expect(try EventCoding.events(EventCoding.value([named])).map(\.servicePoint) == ["command-line"])
    }

    @Test(arguments: StationEventKind.allCases.filter { !EventCoding.kinds.contains($0) })
    func whatOnlyTheDaemonDoesIsRefused(kind: StationEventKind) {
        let error = #expect(throws: StationError.self) {
            try EventCoding.events(EventCoding.value([StationEvent(kind, servicePoint: "command-line")]))
        }
        #expect(error?.code == .controlMalformed)
    }

    @Test(
        arguments: [
            ["kind": "NoSuchKind"], ["attributes": "none"], ["residentKey": "0a"], ["cardKey": 7],
            ["cardKey": .string(keyText.uppercased())], ["residentKey": .string(keyText + "0a")],
        ] as [[String: CanonicalJSON]]
    )
    func anythingElseIsRefused(changes: [String: CanonicalJSON]) {
        #expect(throws: StationError.self) { try EventCoding.events(message(changes)) }
    }

    @Test func aMessageHasOneToSixteenEvents() {
        let one = StationEvent(.identityVerified, servicePoint: "")
        #expect(throws: StationError.self) { try EventCoding.events(EventCoding.value([])) }
        #expect(throws: StationError.self) {
            try EventCoding.events(EventCoding.value([StationEvent](repeating: one, count: EventCoding.eventsMax + 1)))
        }
    }
}
