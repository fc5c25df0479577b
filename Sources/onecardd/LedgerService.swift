import Foundation
import ServiceLifecycle

/// Watches over the ledger until graceful shutdown, and checks all of it in the background unless it is known to be whole.
struct LedgerService: Service {
    let keeper: LedgerKeeper
    /// A file that stands while no daemon runs and the one before was stopped in good order with a ledger known to be whole.
    let mark: URL

    func run() async throws {
        let wasWhole = FileManager.default.fileExists(atPath: mark.path)
        try? FileManager.default.removeItem(at: mark)
        let isWhole = await cancelWhenGracefulShutdown {
            async let watching: Void = keeper.watch()
            // A check that the shutdown cuts off is made again after the next start.
            var isWhole = wasWhole
            if !isWhole { isWhole = await keeper.checkWhole() }
            await watching
            return isWhole
        }
        try Task.checkCancellation()
        guard isWhole else { return }
        _ = FileManager.default.createFile(atPath: mark.path, contents: nil, attributes: [.posixPermissions: 0o600])
    }
}
