import GRDB
import Testing

@testable import LedgerSQLite

@Suite(.timeLimit(.minutes(1))) struct CheckCancellationTests {
    /// A statement that never ends by itself.
    private static let endless = """
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number) SELECT max(n) FROM number
        """

    @Test func anInterruptionBetweenTwoStatementsIsNotForgotten() throws {
        let cancellation = CheckCancellation()
        let queue = try DatabaseQueue()
        #expect(throws: CancellationError.self) {
            try cancellation.read(queue) { database in
                cancellation.set()
                try database.execute(sql: Self.endless)
            }
        }
    }

    @Test func aRunningStatementIsInterrupted() throws {
        let cancellation = CheckCancellation()
        let queue = try DatabaseQueue()
        let set = DatabaseFunction("set_cancelled", argumentCount: 0) { _ in
            cancellation.set()
            return 0
        }
        try queue.write { $0.add(function: set) }
        let sql = Self.endless.replacing("FROM number)", with: "FROM number WHERE set_cancelled() = 0)")
        #expect(throws: CancellationError.self) {
            try cancellation.read(queue) { try $0.execute(sql: sql) }
        }
    }

    @Test func whatIsCancelledAlreadyDoesNotBegin() throws {
        let cancellation = CheckCancellation()
        cancellation.set()
        let queue = try DatabaseQueue()
        #expect(throws: CancellationError.self) {
            try cancellation.read(queue) { _ in Issue.record("the body ran") }
        }
    }

    @Test func anErrorOfTheBodyIsItsOwn() throws {
        let queue = try DatabaseQueue()
        #expect(throws: LedgerError.self) {
            try CheckCancellation().read(queue) { _ in throw LedgerError(.damaged, "found") }
        }
        #expect(try CheckCancellation().read(queue) { try Int.fetchOne($0, sql: "SELECT 7") } == 7)
    }
}
