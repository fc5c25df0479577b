public import CivilIdentity
import Foundation
import Glibc
public import HubProtocol
import Synchronization

/// Makes a ledger from a ledger file, in bounded memory, without touching the ledger in use.
///
/// The file is verified while it is read: signature, area, generation, then hash, seal and records of each page. The new
/// ledger is built under a temporary name, checked, made lasting and renamed; only then does `current` name it. Any
/// failure, a cancelled task and a lost process leave the ledger in use as it was.
public struct LedgerImporter: Sendable {
    let directory: LedgerDirectory
    let stationDivision: DivisionCode
    let groupKeys: [UInt8: StationGroupKey]
    let hubKeys: VerificationKeys
    let storageKey: StorageKey

    /// An importer for a ledger directory.
    ///
    /// - Parameters:
    ///   - directory: Where the ledgers of this station are; made if it does not exist.
    ///   - stationDivision: Where the station stands; a file must cover it.
    ///   - groupKeys: The station-group keys that the station has.
    ///   - hubKeys: The city's keys that the station trusts.
    ///   - storageKey: Seals what is stored.
    public init(
        directory: String,
        stationDivision: DivisionCode,
        groupKeys: [StationGroupKey],
        hubKeys: VerificationKeys,
        storageKey: StorageKey
    ) {
        self.directory = LedgerDirectory(path: directory)
        self.stationDivision = stationDivision
        self.groupKeys = Dictionary(groupKeys.map { ($0.keyID, $0) }, uniquingKeysWith: { $1 })
        self.hubKeys = hubKeys
        self.storageKey = storageKey
    }

    /// Imports a ledger file; the daemon goes on with the old ledger until it is asked to switch.
    ///
    /// - Parameters:
    ///   - path: The ledger file.
    ///   - progress: Called from another thread, a few times a second at most for a large file, once or twice for a small one.
    /// - Returns: What is in the new ledger.
    /// - Throws: ``LedgerError`` with any code but `ledger.damaged`; `CancellationError` when the task was cancelled.
    public func importFile(
        at path: String,
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
    ) async throws -> ImportReport {
        try await onOwnThread { isCancelled in
            try ImportRun(importer: self, progress: progress, isCancelled: isCancelled).run(path: path)
        }
    }

    /// Reads and verifies a whole ledger file as an import would, and stores nothing.
    ///
    /// - Parameters:
    ///   - path: The ledger file.
    ///   - progress: As for ``importFile(at:progress:)``.
    /// - Returns: What the file is.
    /// - Throws: ``LedgerError``, or `CancellationError` when the task was cancelled.
    public func verifyFile(
        at path: String,
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
    ) async throws -> SnapshotManifest {
        try await onOwnThread { isCancelled in
            try ImportRun(importer: self, progress: progress, isCancelled: isCancelled).verify(path: path)
        }
    }

    /// Runs long, blocking work on a thread of its own, away from the threads that serve tasks.
    private func onOwnThread<Result: Sendable>(
        _ body: @escaping @Sendable (@escaping @Sendable () -> Bool) throws -> Result
    ) async throws -> Result {
        let cancelled = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let thread = Thread {
                    continuation.resume(with: Swift.Result { try body { cancelled.isSet } })
                }
                thread.name = "ledger-import"
                thread.start()
            }
        } onCancel: {
            cancelled.set()
        }
    }
}

/// Set once when a task is cancelled.
final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
