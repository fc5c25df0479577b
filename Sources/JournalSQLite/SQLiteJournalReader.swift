package import Benefits
package import CivilIdentity
package import Foundation
import GRDB
package import HubProtocol

/// Reads a journal beside the process that writes it.
package final class SQLiteJournalReader: Sendable {
    private let database: DatabaseQueue

    /// Opens the file for reading only.
    ///
    /// - Throws: `journal.missing`, `journal.storage`.
    package init(url: URL) throws {
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw JournalError(.missing, "there is no journal yet")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "journal-reader"
        do {
            database = try DatabaseQueue(path: url.path, configuration: configuration)
        } catch {
            throw SQLiteJournal.storage("be opened", error)
        }
    }

    /// Own events about the person which the city has not confirmed yet.
    package func pending(for resident: ResidentKey) async throws -> [PendingEvent] {
        try await database.read { try JournalQueries.pending($0, resident) }
    }

    /// Tries left as the card last told.
    package func triesLeft(of card: CardKey) async throws -> Int? {
        try await database.read { try JournalQueries.triesLeft($0, card) }
    }

    /// The last row.
    package func head() throws -> JournalHead? {
        try database.read { try JournalQueries.last($0)?.envelope.head }
    }

    /// Rows from a sequence on.
    package func rows(from: Int64, limit: Int) throws -> [EventEnvelope] {
        try database.read { database in
            let cursor = try Row.fetchCursor(
                database,
                sql: "SELECT * FROM event WHERE sequence >= ? ORDER BY sequence LIMIT ?",
                arguments: [from, limit]
            )
            var rows: [EventEnvelope] = []
            while let row = try cursor.next() { rows.append(try JournalQueries.row(row).envelope) }
            return rows
        }
    }

    /// Calls the body with each row in order; memory stays bounded.
    func forEachRow(_ body: (JournalRow) throws -> Void) throws {
        try database.read { database in
            let cursor = try Row.fetchCursor(database, sql: "SELECT * FROM event ORDER BY sequence")
            while let row = try cursor.next() { try body(try JournalQueries.row(row)) }
        }
    }

    /// SQLite's own view of the file.
    func isWhole() throws -> Bool {
        try database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") == "ok" }
    }
}
