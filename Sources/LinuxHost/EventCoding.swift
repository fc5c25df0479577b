import CivilIdentity
package import HubProtocol
package import Station

/// Events on their way from a command to the daemon, as canonical JSON.
///
/// Only what the command line itself does gets into the journal this way, and under its own name: a row of a kiosk can
/// only come from the daemon.
package enum EventCoding {
    /// Events of one message.
    static let eventsMax = 16
    /// Name of the command line among the service points.
    static let servicePoint = "command-line"
    /// What `onecard statement` does.
    static let kinds: Set<StationEventKind> = [
        .identityVerified, .identityRejected, .ledgerQueried, .pinAttempted, .pinVerified, .pinFailed, .pinLocked,
    ]

    /// The events of a message.
    ///
    /// - Throws: `control.malformed`.
    package static func events(_ value: CanonicalJSON?) throws -> [StationEvent] {
        guard let values = value?.arrayValue, (1...eventsMax).contains(values.count) else {
            throw StationError(.controlMalformed, "a message carries 1 to \(eventsMax) events")
        }
        return try values.map(event)
    }

    /// The form of the events in a message.
    package static func value(_ events: [StationEvent]) -> CanonicalJSON {
        .array(
            events.map { event in
                var fields: [String: CanonicalJSON] = [
                    "kind": .string(event.kind.rawValue), "attributes": .object(event.attributes),
                ]
                if let session = event.session { fields["session"] = .string(session) }
                if let key = event.residentKey { fields["residentKey"] = .string(Hex.text(key.bytes)) }
                if let key = event.cardKey { fields["cardKey"] = .string(Hex.text(key.bytes)) }
                return .object(fields)
            }
        )
    }

    private static func event(_ value: CanonicalJSON) throws -> StationEvent {
        guard let kind = value["kind"]?.stringValue.flatMap(StationEventKind.init), kinds.contains(kind),
            let attributes = value["attributes"]?.objectValue
        else { throw StationError(.controlMalformed, "an event is none that a command may record") }
        return StationEvent(
            kind,
            servicePoint: servicePoint,
            session: value["session"]?.stringValue,
            residentKey: try key(value["residentKey"]) { ResidentKey(bytes: $0) },
            cardKey: try key(value["cardKey"]) { CardKey(bytes: $0) },
            attributes: attributes
        )
    }

    /// A keyed hash, 17 bytes; nil when there is none.
    private static func key<Key>(_ value: CanonicalJSON?, _ make: ([UInt8]) -> Key?) throws -> Key? {
        guard let value else { return nil }
        guard let bytes = value.stringValue.flatMap({ Hex.bytes($0, count: 17) }), let key = make(bytes) else {
            throw StationError(.controlMalformed, "a key is not 34 hexadecimal digits")
        }
        return key
    }
}
