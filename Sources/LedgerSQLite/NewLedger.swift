import Benefits
import Foundation
import GRDB
import Glibc
import HubProtocol

/// The database that an import builds, under its temporary name.
///
/// Nobody else sees it and a failed import throws it away, so it needs no journal and no syncing before its end.
final class NewLedger: Sendable {
    private let queue: DatabaseQueue

    /// Cache of the building connection, KiB: half of it would make large ledgers slower, twice of it no faster.
    private static let cacheKiB = 32 * 1024

    init(path: String) throws {
        // Made here so that nobody but the service may read it, whatever the process's mask is.
        _ = try HostFile.Descriptor(path: path, flags: O_RDWR | O_CREAT | O_EXCL)
        var configuration = Configuration()
        configuration.label = "ledger-import"
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA page_size = 4096;
                    PRAGMA journal_mode = OFF;
                    PRAGMA synchronous = OFF;
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA cache_size = -\(Self.cacheKiB);
                    PRAGMA threads = 2;
                    """
            )
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try LedgerSchema.migrator.migrate(queue, upTo: LedgerSchema.tables.name)
    }

    /// Seals and inserts batches until the queue ends.
    func insert(from batches: BatchQueue, seal: ColumnSeal) throws {
        try queue.writeWithoutTransaction { database in
            try database.beginTransaction(.exclusive)
            let inserter = try RowInserter(database)
            while var batch = batches.pop() {
                try batch.seal(with: seal)
                try inserter.insert(batch)
            }
            try database.commit()
        }
    }

    /// Adds what is known at the end, makes the indexes, checks the counts and closes the database.
    ///
    /// - Throws: `ledger.format` when a person or card stands in the file twice.
    func finish(
        front: SnapshotFront,
        salt: [UInt8],
        storageKeyID: UInt8,
        sources: [SourceRecord],
        programmes: [Programme],
        counts: SnapshotCounts
    ) throws {
        try queue.write { database in
            try database.execute(
                sql: "INSERT INTO meta VALUES (1, ?, ?, ?)",
                arguments: [Data(front.bytes), Data(salt), Int64(storageKeyID)]
            )
            for (index, source) in sources.enumerated() {
                try database.execute(
                    sql: "INSERT INTO sources VALUES (?, ?, ?, ?)",
                    arguments: [index + 1, source.code, source.title, source.asOf]
                )
            }
            for (index, programme) in programmes.enumerated() {
                try database.execute(
                    sql: "INSERT INTO programmes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        index + 1, programme.code.rawValue, programme.name.chinese, programme.name.english,
                        programme.category.rawValue, programme.department, programme.departmentName.chinese,
                        programme.departmentName.english, programme.unit.rawValue,
                    ]
                )
            }
        }
        do {
            try LedgerSchema.migrator.migrate(queue)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw LedgerError(.format, "a person or a card stands in the ledger file twice")
        }
        try queue.write { database in
            try database.execute(
                sql: """
                    PRAGMA application_id = \(LedgerSchema.applicationID);
                    PRAGMA user_version = \(LedgerSchema.version);
                    """
            )
            guard try LedgerCounts.read(database) == counts else {
                throw LedgerError(.storage, "the new ledger has other counts than the ledger file")
            }
        }
        try queue.close()
    }
}

/// How many rows the tables have.
enum LedgerCounts: Sendable {
    static func read(_ database: Database) throws -> SnapshotCounts {
        func count(_ table: String) throws -> Int {
            try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
        }
        var counts = SnapshotCounts()
        counts.sources = try count("sources")
        counts.programmes = try count("programmes")
        counts.residents = try count("residents")
        counts.cards = try count("cards")
        counts.entitlements = try count("entitlements")
        counts.payments = try count("payments")
        return counts
    }
}
