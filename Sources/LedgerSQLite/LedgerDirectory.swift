import Glibc
import HubProtocol

/// The directory of the ledger on this machine: one file for each generation, and the file that names the one in use.
///
/// `current` is replaced by renaming, so that it is always whole. What an import was building when it was cut off is
/// `importing.sqlite`; what was found damaged is kept as `damaged-…` for examination.
struct LedgerDirectory: Sendable {
    let path: String

    /// Name of the file that an import builds.
    static let importingName = "importing.sqlite"
    private static let currentName = "current"
    private static let newCurrentName = "current.new"
    private static let lockName = "import.lock"
    /// How many damaged files are kept; older ones go.
    private static let keptDamagedFiles = 2

    func path(of name: String) -> String { "\(path)/\(name)" }

    var importingPath: String { path(of: Self.importingName) }

    // MARK: - Which ledger is in use

    /// The file that names the ledger in use; nil when none was imported yet.
    ///
    /// - Throws: `ledger.damaged`, `ledger.key-unknown` or `ledger.storage`.
    func readCurrent(storageKey: StorageKey) throws(LedgerError) -> CurrentLedger? {
        let bytes: [UInt8]
        do {
            bytes = try HostFile.Descriptor(path: path(of: Self.currentName), flags: O_RDONLY)
                .read(atMost: CurrentLedger.maximumBytes + 1)
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
        return try CurrentLedger(bytes: bytes, storageKey: storageKey)
    }

    /// Names another ledger as the one in use, all or nothing.
    func writeCurrent(_ current: CurrentLedger, storageKey: StorageKey) throws(LedgerError) {
        let new = path(of: Self.newCurrentName)
        try HostFile.remove(new)
        do {
            let file = try HostFile.Descriptor(path: new, flags: O_WRONLY | O_CREAT | O_EXCL)
            try file.write(current.bytes(storageKey: storageKey))
            try file.sync()
        }
        try HostFile.rename(new, to: path(of: Self.currentName))
        try HostFile.syncDirectory(path)
    }

    // MARK: - Files

    /// A name for a new ledger of that generation which no file has yet.
    func newName(generation: Int64) -> String {
        let usual = LedgerFileName(generation: generation, repetition: 1)
        var name = usual
        while HostFile.exists(path(of: name.text)) { name.repetition += 1 }
        return name.text
    }

    /// Removes what a cut-off import left.
    func removeLeftovers() throws(LedgerError) {
        for name in try HostFile.names(in: path) where name.hasPrefix(Self.importingName) {
            try HostFile.remove(self.path(of: name))
        }
    }

    /// Removes the ledgers that are neither in use nor the one before.
    func removeSuperseded(by current: String) throws(LedgerError) {
        let ledgers = try HostFile.names(in: path)
            .compactMap(LedgerFileName.init(text:))
            .filter { $0.text != current }
            .sorted { ($0.generation, $0.repetition) > ($1.generation, $1.repetition) }
        for ledger in ledgers.dropFirst() { try HostFile.remove(self.path(of: ledger.text)) }
    }

    /// Renames a damaged file so that nobody uses it again.
    func setAside(_ name: String) throws(LedgerError) {
        let old = try HostFile.names(in: path).filter { $0.hasPrefix("damaged-") }.sorted()
        for name in old.dropLast(Self.keptDamagedFiles - 1) { try HostFile.remove(self.path(of: name)) }
        var number = 1
        while HostFile.exists(self.path(of: "damaged-\(number)-\(name)")) { number += 1 }
        try HostFile.rename(self.path(of: name), to: self.path(of: "damaged-\(number)-\(name)"))
        try HostFile.syncDirectory(path)
    }

    /// Sets aside the file that names the ledger in use.
    func setAsideCurrent() throws(LedgerError) { try setAside(Self.currentName) }

    /// Takes the lock that only one import holds.
    ///
    /// - Throws: `ledger.busy` when another import holds it.
    func lock() throws(LedgerError) -> HostFile.Descriptor {
        let file = try HostFile.Descriptor(path: path(of: Self.lockName), flags: O_RDWR | O_CREAT)
        guard try file.tryLock() else { throw LedgerError(.busy, "another import is running") }
        return file
    }
}
