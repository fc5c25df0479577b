import GRDB
import HubProtocol

extension LedgerError {
    /// Runs the body and turns the errors of the layers below into ``LedgerError`` values.
    static func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as HubProtocolError {
            throw LedgerError(error)
        } catch let error as DatabaseError {
            throw LedgerError(error)
        }
    }

    /// A database error; its text may carry values, so only the result code is told.
    init(_ error: DatabaseError) {
        let code: Code =
            switch error.resultCode {
            // The statements are fixed, so one that does not compile has met other tables.
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_SCHEMA: .damaged
            case .SQLITE_CONSTRAINT: .format
            default: .storage
            }
        self.init(code, "the ledger's database answered \(error.extendedResultCode)")
    }
}
