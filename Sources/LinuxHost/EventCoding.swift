import CivilIdentity
package import HubProtocol
package import Station

/// Events on their way from a command to the daemon, as canonical JSON.
package enum EventCoding {
    /// Events of one message.
    static let eventsMax = 16

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
                    "kind": .string(event.kind.rawValue), "servicePoint": .string(event.servicePoint),
                    "attributes": .object(event.attributes),
                ]
                if let session = event.session { fields["session"] = .string(session) }
                if let key = event.residentKey { fields["residentKey"] = .string(hex(key.bytes)) }
                if let key = event.cardKey { fields["cardKey"] = .string(hex(key.bytes)) }
                return .object(fields)
            }
        )
    }

    private static func event(_ value: CanonicalJSON) throws -> StationEvent {
        guard
            let kind = value["kind"]?.stringValue.flatMap(StationEventKind.init),
            let point = value["servicePoint"]?.stringValue, point.utf8.count <= 32,
            let attributes = value["attributes"]?.objectValue
        else { throw StationError(.controlMalformed, "an event lacks kind, service point or attributes") }
        return StationEvent(
            kind,
            servicePoint: point,
            session: value["session"]?.stringValue,
            residentKey: try bytes(value["residentKey"]).flatMap { ResidentKey(bytes: $0) },
            cardKey: try bytes(value["cardKey"]).flatMap { CardKey(bytes: $0) },
            attributes: attributes
        )
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ value: CanonicalJSON?) throws -> [UInt8]? {
        guard let text = value?.stringValue else { return nil }
        let digits = Array(text.utf8)
        guard digits.count == 34 else { throw StationError(.controlMalformed, "a key has 34 hexadecimal digits") }
        return try stride(from: 0, to: digits.count, by: 2).map { index in
            guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
                throw StationError(.controlMalformed, "a key has hexadecimal digits only")
            }
            return byte
        }
    }
}
