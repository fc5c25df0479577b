package import Benefits
package import CivilIdentity
package import Foundation
import GRDB
package import HubProtocol
package import Station

/// The journal in an SQLite file: append-only, chained, signed, synced at each append.
///
/// One process has it open for writing at a time (the daemon's lock file); any number may read.
package final class SQLiteJournal: Journal {
    private let database: DatabaseQueue
    private let station: StationID
    private let key: SigningKey
    private let now: @Sendable () -> Int64

    /// Pages of SQLite's cache, in KiB: an append touches a handful.
    private static let cacheKiB = 256

    /// Opens the journal, or makes an empty one, and checks its last row.
    ///
    /// - Parameters:
    ///   - url: of the file.
    ///   - station: whose journal it is.
    ///   - key: signs the rows.
    ///   - syncPolicy: `full` in every station.
    ///   - now: the wall clock, milliseconds since 1970 UTC.
    /// - Throws: `journal.storage`; `journal.row-changed` or `journal.bad-signature` for the last row.
    package init(
        url: URL,
        station: StationID,
        key: SigningKey,
        syncPolicy: JournalSyncPolicy,
        now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
    ) throws {
        self.station = station
        self.key = key
        self.now = now
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = \(syncPolicy == .full ? "FULL" : "OFF")")
            try database.execute(sql: "PRAGMA cache_size = -\(Self.cacheKiB)")
        }
        database = try Self.told("open") {
            let database = try DatabaseQueue(path: url.path, configuration: configuration)
            try JournalSchema.migrator.migrate(database)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
            return database
        }
        try checkLastRow()
    }

    package func append(_ events: [StationEvent]) async throws {
        guard !events.isEmpty else { return }
        let station = station
        let key = key
        let now = now
        do {
            try await database.write { database in
                var tip = try JournalQueries.tip(database)
                for event in events { tip = try Self.insert(event, after: tip, station, key, now(), database) }
            }
        } catch let error as HubProtocolError {
            throw error
        } catch {
            throw Self.storage("append", error)
        }
    }

    package func pending(for resident: ResidentKey) async throws -> [PendingEvent] {
        try await read { try JournalQueries.pending($0, resident) }
    }

    package func triesLeft(of card: CardKey) async throws -> Int? {
        try await read { try JournalQueries.triesLeft($0, card) }
    }

    /// The last row; nil for an empty journal.
    package func head() async throws -> JournalHead? {
        try await read { try JournalQueries.last($0)?.envelope.head }
    }

    // MARK: - Rows

    private static func insert(
        _ event: StationEvent,
        after tip: JournalTip?,
        _ station: StationID,
        _ key: SigningKey,
        _ now: Int64,
        _ database: Database
    ) throws -> JournalTip {
        let envelope = try EventEnvelope.signed(
            station: station,
            sequence: (tip?.sequence ?? 0) + 1,
            previousHash: tip?.hash ?? EventEnvelope.firstPreviousHash,
            clock: (tip?.clock ?? .start).advanced(now: now),
            kind: event.kind.rawValue,
            payload: EventPayload.value(event),
            by: key
        )
        let hash = envelope.hash
        let statement = try database.cachedStatement(
            sql: "INSERT INTO event (sequence, envelope, hash, kind, residentKey, cardKey) VALUES (?, ?, ?, ?, ?, ?)"
        )
        try statement.execute(arguments: [
            envelope.sequence, Data(envelope.bytes), Data(hash), event.kind.rawValue,
            event.residentKey.map { Data($0.bytes) }, event.cardKey.map { Data($0.bytes) },
        ])
        try countTries(event, database)
        return JournalTip(sequence: envelope.sequence, hash: hash, clock: envelope.clock)
    }

    /// Keeps the tries left of a card in step with the rows, in the same transaction.
    private static func countTries(_ event: StationEvent, _ database: Database) throws {
        guard let card = event.cardKey else { return }
        let tries: Int64?
        switch event.kind {
        case .pinFailed: tries = event.attributes["triesLeft"]?.integerValue.map { min(max($0, 0), 15) }
        case .pinLocked: tries = 0
        case .pinAttempted, .pinVerified: tries = nil
        default: return
        }
        if let tries {
            try database.execute(
                sql: "INSERT OR REPLACE INTO pinTries (cardKey, triesLeft) VALUES (?, ?)",
                arguments: [Data(card.bytes), tries]
            )
        } else {
            try database.execute(sql: "DELETE FROM pinTries WHERE cardKey = ?", arguments: [Data(card.bytes)])
        }
    }

    private func checkLastRow() throws {
        guard let row = try Self.told("open", { try database.read { try JournalQueries.last($0) } }) else { return }
        guard row.envelope.hash == row.hash, row.envelope.sequence == row.sequence else {
            throw JournalError(.rowChanged, "row \(row.sequence) does not have the content that it was written with")
        }
        let verification = key.verificationKey
        guard row.envelope.keyID != verification.keyID || row.envelope.isSigned(by: verification) else {
            throw JournalError(.badSignature, "row \(row.sequence) is not signed by this station's key")
        }
    }

    private func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await database.read(body)
        } catch let error as JournalError {
            throw error
        } catch {
            throw Self.storage("read", error)
        }
    }

    private static func told<Value>(_ attempt: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as JournalError {
            throw error
        } catch {
            throw storage(attempt, error)
        }
    }

    static func storage(_ attempt: String, _ error: any Error) -> JournalError {
        let reason =
            (error as? DatabaseError).map { "SQLite code \($0.extendedResultCode.rawValue)" } ?? "\(type(of: error))"
        return JournalError(.storage, "the journal could not \(attempt): \(reason)")
    }
}

extension SQLiteJournal {
    /// What SQLite says of its syncing: 0 off, 2 full; for the tests.
    func synchronous() async throws -> Int? {
        try await database.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
    }
}
