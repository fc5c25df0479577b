import GRDB
import GRDBSQLite

/// Puts batches into the tables, by statements that are prepared once.
///
/// It binds through the C interface of SQLite, since millions of rows pass here and each argument array would cost more
/// than its row.
struct RowInserter {
    private let residents: Statement
    private let cards: Statement
    private let entitlements: Statement
    private let payments: Statement

    init(_ database: Database) throws {
        residents = try database.makeStatement(sql: "INSERT INTO residents VALUES (?, ?, ?)")
        cards = try database.makeStatement(sql: "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        entitlements = try database.makeStatement(
            sql: "INSERT INTO entitlements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        payments = try database.makeStatement(sql: "INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    }

    func insert(_ batch: RowBatch) throws {
        try batch.bytes.withUnsafeBytes { bytes in
            for row in batch.residents {
                var binder = Binder(residents, bytes)
                binder.bind(row.id)
                binder.bind(blob: row.key)
                binder.bind(blob: row.sealed)
                try binder.run()
            }
            for row in batch.cards {
                var binder = Binder(cards, bytes)
                binder.bind(row.id)
                binder.bind(blob: row.key)
                binder.bind(blob: row.numberKey)
                binder.bind(row.status)
                binder.bind(row.issuedOn)
                binder.bind(row.expiresOn)
                binder.bind(blob: row.replacedBy)
                binder.bind(row.since)
                binder.bind(blob: row.sealedNumber)
                try binder.run()
            }
            for row in batch.entitlements {
                var binder = Binder(entitlements, bytes)
                binder.bind(row.id)
                binder.bind(text: row.code)
                binder.bind(row.programme)
                binder.bind(row.state)
                binder.bind(row.amount)
                binder.bind(row.period)
                binder.bind(row.from)
                binder.bind(row.to)
                binder.bind(row.taperMonths)
                binder.bind(row.source)
                binder.bind(blob: row.sealedAccount)
                try binder.run()
            }
            for row in batch.payments {
                var binder = Binder(payments, bytes)
                binder.bind(row.id)
                binder.bind(row.month)
                binder.bind(row.instalment)
                binder.bind(row.amount)
                binder.bind(row.state)
                binder.bind(row.dueOn)
                binder.bind(row.creditedOn)
                binder.bind(text: row.returnedReason)
                binder.bind(row.sameAccount)
                binder.bind(blob: row.sealedAccount)
                try binder.run()
            }
        }
    }

    /// Binds the columns of one row from left to right.
    private struct Binder {
        private let statement: SQLiteStatement
        private let bytes: UnsafeRawBufferPointer
        private var index: Int32 = 0
        private var result: Int32 = SQLITE_OK

        init(_ statement: Statement, _ bytes: UnsafeRawBufferPointer) {
            self.statement = statement.sqliteStatement
            self.bytes = bytes
        }

        mutating func bind(_ number: Int64) {
            index += 1
            result |= sqlite3_bind_int64(statement, index, number)
        }

        mutating func bind(_ number: Int64?) {
            index += 1
            if let number {
                result |= sqlite3_bind_int64(statement, index, number)
            } else {
                result |= sqlite3_bind_null(statement, index)
            }
        }

        /// The bytes outlive the statement's run, so SQLite need not copy them (no destructor is SQLITE_STATIC).
        mutating func bind(blob part: RowBatch.Part) {
            index += 1
            if part.count >= 0 {
                result |= sqlite3_bind_blob(statement, index, pointer(part), part.count, nil)
            } else {
                result |= sqlite3_bind_null(statement, index)
            }
        }

        mutating func bind(text part: RowBatch.Part) {
            index += 1
            if part.count >= 0 {
                let text = pointer(part)?.assumingMemoryBound(to: CChar.self)
                result |= sqlite3_bind_text(statement, index, text, part.count, nil)
            } else {
                result |= sqlite3_bind_null(statement, index)
            }
        }

        private func pointer(_ part: RowBatch.Part) -> UnsafeRawPointer? {
            bytes.baseAddress.map { $0 + Int(part.start) }
        }

        func run() throws {
            let step = sqlite3_step(statement)
            let reset = sqlite3_reset(statement)
            guard result == SQLITE_OK, step == SQLITE_DONE else {
                throw DatabaseError(resultCode: ResultCode(rawValue: reset == SQLITE_OK ? result : reset))
            }
        }
    }
}
