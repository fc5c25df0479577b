import Foundation
import ServiceLifecycle

/// Checks the whole ledger in the background after the daemon was stopped uncleanly.
struct LedgerCheckService: Service {
    let keeper: LedgerKeeper
    /// A file that stands while no daemon runs that was not stopped in good order.
    let mark: URL

    func run() async throws {
        let wasClean = FileManager.default.fileExists(atPath: mark.path)
        try? FileManager.default.removeItem(at: mark)
        if !wasClean { await cancelWhenGracefulShutdown { await keeper.checkWhole() } }
        try await gracefulShutdown()
        _ = FileManager.default.createFile(atPath: mark.path, contents: nil, attributes: [.posixPermissions: 0o600])
    }
}
