import Benefits
import CivilIdentity
import Foundation
import GRDB
import HubProtocol
import Station

/// What the next row is chained to.
struct JournalTip: Sendable {
    var sequence: Int64
    var hash: [UInt8]
    var clock: HybridLogicalClock
}

/// A row as it stands in the file.
struct JournalRow: Sendable {
    var sequence: Int64
    var envelope: EventEnvelope
    var hash: [UInt8]
    var kind: String
    var residentKey: [UInt8]?
    var cardKey: [UInt8]?
}

/// Reading of the tables, for the writer and for readers beside it.
enum JournalQueries {
    /// Notified payments that are looked at for one person: 24 months of eight programmes with some instalments.
    static let pendingMax = 1_000

    static func tip(_ database: Database) throws -> JournalTip? {
        try last(database).map { JournalTip(sequence: $0.sequence, hash: $0.hash, clock: $0.envelope.clock) }
    }

    static func last(_ database: Database) throws -> JournalRow? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM event ORDER BY sequence DESC LIMIT 1")
        return try Row.fetchOne(statement).map(row)
    }

    static func row(_ row: Row) throws -> JournalRow {
        let sequence: Int64 = row["sequence"]
        let bytes: Data = row["envelope"]
        let hash: Data = row["hash"]
        let resident: Data? = row["residentKey"]
        let card: Data? = row["cardKey"]
        do {
            return JournalRow(
                sequence: sequence,
                envelope: try EventEnvelope(bytes: [UInt8](bytes)),
                hash: [UInt8](hash),
                kind: row["kind"],
                residentKey: resident.map { [UInt8]($0) },
                cardKey: card.map { [UInt8]($0) }
            )
        } catch {
            throw JournalError(.rowChanged, "row \(sequence) cannot be read")
        }
    }

    static func pending(_ database: Database, _ resident: ResidentKey) throws -> [PendingEvent] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM event WHERE residentKey = ? AND kind = ? ORDER BY sequence DESC LIMIT \(pendingMax)"
        )
        let kind = StationEventKind.paymentNotified.rawValue
        let rows = try Row.fetchAll(statement, arguments: [Data(resident.bytes), kind])
        return try rows.compactMap { try pendingEvent(row($0).envelope) }
    }

    static func triesLeft(_ database: Database, _ card: CardKey) throws -> Int? {
        let statement = try database.cachedStatement(sql: "SELECT triesLeft FROM pinTries WHERE cardKey = ?")
        return try Int.fetchOne(statement, arguments: [Data(card.bytes)])
    }

    private static func pendingEvent(_ envelope: EventEnvelope) -> PendingEvent? {
        guard
            let payload = try? CanonicalJSON(canonical: envelope.payload, limits: .event),
            let entitlement = payload["entitlement"]?.stringValue,
            let month = payload["month"]?.stringValue.flatMap({ try? YearMonth(iso: $0) }),
            let instalment = payload["instalment"]?.integerValue.flatMap(Int.init(exactly:))
        else { return nil }
        return .paymentNotified(entitlement: entitlement, month: month, instalment: instalment)
    }
}
