import GRDB

/// The tables of a ledger.
///
/// A shipped migration never changes; a test holds the hash of each. A ledger of a schema that is not this one is not
/// used: it is a copy, and is imported again.
enum LedgerSchema: Sendable {
    /// A step from one schema to the next.
    struct Migration: Sendable {
        let name: String
        let sql: String
    }

    /// `PRAGMA user_version` of a finished ledger.
    static let version: Int32 = 1
    /// `PRAGMA application_id` of a ledger: "OCLD".
    static let applicationID: Int32 = 0x4F43_4C44

    /// The tables, before rows are put in.
    static let tables = Migration(
        name: "1-tables",
        sql: """
            CREATE TABLE meta (
              id INTEGER PRIMARY KEY CHECK (id = 1),
              front BLOB NOT NULL,
              salt BLOB NOT NULL CHECK (length(salt) = 32),
              storage_key INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE sources (
              id INTEGER PRIMARY KEY,
              code TEXT NOT NULL UNIQUE,
              title TEXT NOT NULL,
              as_of INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE programmes (
              id INTEGER PRIMARY KEY,
              code TEXT NOT NULL UNIQUE,
              name_zh TEXT NOT NULL,
              name_en TEXT NOT NULL,
              category TEXT NOT NULL,
              department TEXT NOT NULL,
              department_zh TEXT NOT NULL,
              department_en TEXT NOT NULL,
              unit TEXT NOT NULL
            ) STRICT;
            CREATE TABLE residents (
              id INTEGER PRIMARY KEY,
              key BLOB NOT NULL CHECK (length(key) = 17),
              sealed BLOB NOT NULL
            ) STRICT;
            CREATE TABLE cards (
              id INTEGER PRIMARY KEY,
              key BLOB NOT NULL CHECK (length(key) = 17),
              number_key BLOB NOT NULL CHECK (length(number_key) = 16),
              status INTEGER NOT NULL,
              issued_on INTEGER,
              expires_on INTEGER,
              replaced_by BLOB,
              since INTEGER,
              sealed_number BLOB NOT NULL
            ) STRICT;
            CREATE TABLE entitlements (
              id INTEGER PRIMARY KEY,
              code TEXT NOT NULL,
              programme INTEGER NOT NULL,
              state INTEGER NOT NULL,
              amount INTEGER,
              period INTEGER,
              from_month INTEGER,
              to_month INTEGER,
              taper_months INTEGER,
              source INTEGER NOT NULL,
              sealed_account BLOB
            ) STRICT;
            CREATE TABLE payments (
              id INTEGER PRIMARY KEY,
              month INTEGER NOT NULL,
              instalment INTEGER NOT NULL,
              amount INTEGER NOT NULL,
              state INTEGER NOT NULL,
              due_on INTEGER,
              credited_on INTEGER,
              returned_reason TEXT,
              same_account INTEGER NOT NULL,
              sealed_account BLOB
            ) STRICT;
            """
    )

    /// The indexes, made once all rows are in.
    static let indexes = Migration(
        name: "1-indexes",
        sql: """
            CREATE UNIQUE INDEX residents_key ON residents (key);
            CREATE UNIQUE INDEX cards_key ON cards (key);
            """
    )

    static let migrations = [tables, indexes]

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
        for migration in migrations {
            migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
        }
        return migrator
    }
}
