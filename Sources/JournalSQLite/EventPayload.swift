import CivilIdentity
import HubProtocol
import Station

/// The canonical payload of a row: where, in which session, about whom (as keyed hashes), and further facts.
enum EventPayload {
    static func value(_ event: StationEvent) -> CanonicalJSON {
        var fields = event.attributes
        if !event.servicePoint.isEmpty { fields["servicePoint"] = .string(event.servicePoint) }
        if let session = event.session { fields["session"] = .string(session) }
        if let key = event.residentKey { fields["resident"] = .string(key.description) }
        if let key = event.cardKey { fields["card"] = .string(key.description) }
        return .object(fields)
    }
}
