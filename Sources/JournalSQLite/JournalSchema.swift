import GRDB

/// The tables of a journal.
///
/// A migration that was shipped never changes; a test pins its text.
enum JournalSchema {
    static let version1 = """
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
            envelope BLOB NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            kind TEXT NOT NULL,
            residentKey BLOB,
            cardKey BLOB
        );
        CREATE INDEX eventOfResident ON event (residentKey, kind) WHERE residentKey IS NOT NULL;
        CREATE TRIGGER eventIsNeverChanged BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER eventIsNeverDeleted BEFORE DELETE ON event
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TABLE pinTries (
            cardKey BLOB PRIMARY KEY,
            triesLeft INTEGER NOT NULL CHECK (triesLeft BETWEEN 0 AND 15)
        ) WITHOUT ROWID;
        """

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("journal-1") { try $0.execute(sql: version1) }
        return migrator
    }
}
