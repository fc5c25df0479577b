import GRDB
import Synchronization

/// The cancellation of a check, also in the midst of one long statement.
final class CheckCancellation: Sendable {
    private struct State {
        var isSet = false
        var queue: DatabaseQueue?
    }

    private let state = Mutex(State())

    var isSet: Bool { state.withLock { $0.isSet } }

    /// Cancels: what reads now is interrupted, what would read later does not begin.
    func set() {
        state.withLock { state in
            state.isSet = true
            state.queue?.interrupt()
        }
    }

    /// Reads from a database until the body ends or ``set()`` is called.
    ///
    /// - Throws: What the body throws; `CancellationError` once cancelled.
    func read<Result>(_ queue: DatabaseQueue, _ body: (Database) throws -> Result) throws -> Result {
        try queue.read { database in
            // SQLite forgets an interruption that comes while no statement is running (sqlite3_interrupt). This one is
            // running from before the first moment of interruption to the end of the body.
            let running = try RowReader(database, "SELECT 1 UNION ALL SELECT 2")
            defer { _ = running.number(0) }
            _ = try running.next()
            try state.withLock { state in
                if state.isSet { throw CancellationError() }
                state.queue = queue
            }
            defer { state.withLock { $0.queue = nil } }
            do {
                return try body(database)
            } catch {
                if isSet { throw CancellationError() }
                throw error
            }
        }
    }
}
