import Foundation
import GRDB
import HubProtocol

/// The full check of a ledger: every byte against the hash of the import, SQLite's own check, and the counts.
struct IntegrityCheck: Sendable {
    let ledger: OpenLedger
    let directory: LedgerDirectory

    /// Runs on a thread of its own, with a connection of its own, beside the reads.
    func run() async throws {
        let cancellation = CheckCancellation()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let thread = Thread {
                    continuation.resume(with: Result { try LedgerError.translating { try check(cancellation) } })
                }
                thread.name = "ledger-check"
                thread.qualityOfService = .background
                thread.start()
            }
        } onCancel: {
            cancellation.set()
        }
    }

    private func check(_ cancellation: CheckCancellation) throws {
        let path = directory.path(of: ledger.current.fileName)
        let fingerprint = try FileFingerprint(path: path) { cancellation.isSet }
        guard fingerprint.bytes == ledger.current.bytes, fingerprint.sha256 == ledger.current.fileHash else {
            throw OpenLedger.damaged("the ledger's file is not as it was imported")
        }
        var configuration = OpenLedger.configuration
        configuration.label = "ledger-check"
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try cancellation.read(queue) { database in
            let answer = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
            guard answer == ["ok"] else { throw OpenLedger.damaged("SQLite finds the ledger damaged") }
            guard try LedgerCounts.read(database) == ledger.manifest.counts else {
                throw OpenLedger.damaged("the ledger has other counts than its manifest")
            }
        }
    }
}
