import GRDB
import GRDBSQLite

/// Steps through the rows of a statement and reads its columns through the C interface of SQLite.
///
/// A look-up reads some forty rows; this keeps its cost near that of the same program in C.
struct RowReader: ~Copyable {
    private let statement: SQLiteStatement

    /// Starts a query with whole numbers as arguments.
    init(_ database: Database, _ sql: String, _ arguments: Int64...) throws {
        let statement = try database.cachedStatement(sql: sql).sqliteStatement
        for (index, argument) in arguments.enumerated() {
            try Self.check(sqlite3_bind_int64(statement, Int32(index + 1), argument))
        }
        self.statement = statement
    }

    /// Starts a query with one blob as argument.
    init(_ database: Database, _ sql: String, blob: [UInt8]) throws {
        let statement = try database.cachedStatement(sql: sql).sqliteStatement
        // The destructor -1, SQLITE_TRANSIENT, lets SQLite copy the few bytes.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        try Self.check(sqlite3_bind_blob(statement, 1, blob, Int32(truncatingIfNeeded: blob.count), transient))
        self.statement = statement
    }

    // A statement that is not reset would keep its transaction open.
    deinit { sqlite3_reset(statement) }

    /// Runs a statement that has no arguments and no rows.
    static func run(_ database: Database, _ sql: String) throws {
        let statement = try RowReader(database, sql)
        while try statement.next() {}
    }

    private static func check(_ result: Int32) throws {
        guard result == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: result)) }
    }

    /// Goes to the next row.
    ///
    /// - Returns: false after the last one.
    func next() throws -> Bool {
        let result = sqlite3_step(statement)
        if result == SQLITE_ROW { return true }
        guard result == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: result)) }
        return false
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func number(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func optionalNumber(_ column: Int32) -> Int64? { isNull(column) ? nil : number(column) }

    func text(_ column: Int32) -> String {
        guard let text = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    /// The bytes of a blob, valid until the next step; empty for NULL.
    func blob(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }
}
