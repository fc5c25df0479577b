public import Benefits
public import CivilIdentity
public import HubProtocol
import Synchronization

/// The ledger in use on this machine: read only, replaced as a whole while it serves.
///
/// Reads run on the caller's thread: one takes some tens of microseconds, less than handing it to another thread would
/// cost, and reads at most a few dozen pages.
public final class SQLiteLedger: Sendable {
    private enum State {
        case open(OpenLedger)
        case unusable(LedgerError)
    }

    /// Tells each time that the ledger in use showed damage while it was read or checked and is served no more; for one
    /// consumer.
    public let retirements: AsyncStream<Void>

    private let directory: LedgerDirectory
    private let trust: LedgerTrust
    private let leavesFiles: Bool
    private let state: Mutex<State>
    private let retirementQueue: AsyncStream<Void>.Continuation

    /// A ledger directory of which nothing is open yet; ``switchToCurrent()`` opens it.
    ///
    /// - Parameters:
    ///   - directory: Where the ledgers of this station are.
    ///   - stationDivision: Where the station stands; nil takes any area.
    ///   - hubKeys: The city's keys that the station trusts.
    ///   - storageKey: Opens what is sealed.
    ///   - leavesFiles: Whether damaged and superseded files stay where they are: for whoever looks at the ledger that a
    ///     daemon serves.
    public init(
        directory: String,
        stationDivision: DivisionCode?,
        hubKeys: VerificationKeys,
        storageKey: StorageKey,
        leavesFiles: Bool = false
    ) {
        self.directory = LedgerDirectory(path: directory)
        trust = LedgerTrust(hubKeys: hubKeys, storageKey: storageKey, stationDivision: stationDivision)
        self.leavesFiles = leavesFiles
        state = Mutex(.unusable(LedgerError(.missing, "no ledger was imported yet")))
        (retirements, retirementQueue) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: - Which ledger

    /// Opens the ledger that `current` names and serves it from now on; reads that are under way end with the old one.
    ///
    /// Only a light check is made: size, header, schema, signed manifest, keys. Older ledger files are removed, except the
    /// one before.
    ///
    /// - Returns: The generation that is served now.
    /// - Throws: ``LedgerError``. `ledger.damaged`: the ledger was set aside, or `current` cannot be trusted. The ledger
    ///   that was open before, if any, is served on, unless it is the one that was found damaged or missing.
    @discardableResult
    public func switchToCurrent() throws -> Int64 {
        var named: CurrentLedger?
        do {
            let opened = try LedgerError.translating {
                guard let current = try directory.readCurrent(storageKey: trust.storageKey) else {
                    throw LedgerError(.missing, "no ledger was imported yet")
                }
                named = current
                return try OpenLedger(current, in: directory, trust: trust)
            }
            state.withLock { $0 = .open(opened) }
            if !leavesFiles { try? directory.removeSuperseded(by: opened.current.fileName) }
            return opened.manifest.generation
        } catch let error as LedgerError {
            if error.code == .damaged, let named { setAside(named.fileName) }
            // A file that somebody else set aside is missing; an open descriptor still reads it.
            let isLost = error.code == .damaged || error.code == .missing
            state.withLock { state in
                if case .open(let open) = state, !isLost || open.current.fileName != named?.fileName { return }
                state = .unusable(error)
            }
            throw error
        }
    }

    /// What the open ledger is.
    ///
    /// - Returns: The signed manifest.
    /// - Throws: ``LedgerError``: why no ledger is open.
    public func manifest() throws -> SnapshotManifest { try open().manifest }

    /// The titles and properties of the programmes that the open ledger speaks of.
    ///
    /// - Returns: In the order of the ledger file.
    /// - Throws: ``LedgerError``: why no ledger is open.
    public func programmes() throws -> [Programme] { try open().programmes }

    // MARK: - Reading

    /// Everything about a card and the person whom the card names, in one transaction.
    ///
    /// - Parameters:
    ///   - card: The presented card.
    ///   - resident: The person whom the card names.
    ///   - revealing: Whether number and name are opened too; for display at L2 or L3 only.
    /// - Returns: What is known; an unknown card or person is a normal result.
    /// - Throws: ``LedgerError``.
    public func read(card: CardKey, resident: ResidentKey, revealing: Bool = false) throws -> LedgerReading {
        try reading { try $0.read(card: card, resident: resident, revealing: revealing) }
    }

    private func open() throws -> OpenLedger {
        switch state.withLock({ $0 }) {
        case .open(let ledger): return ledger
        case .unusable(let error): throw error
        }
    }

    private func reading<Result>(_ body: (OpenLedger) throws -> Result) throws -> Result {
        let ledger = try open()
        do {
            return try LedgerError.translating { try body(ledger) }
        } catch let error as LedgerError {
            guard error.code == .damaged || error.code == .format else { throw error }
            throw retire(ledger, LedgerError(.damaged, error.message, cause: error))
        }
    }

    // MARK: - Damage

    /// Checks every byte and every row of the open ledger; may take a minute for a large one.
    ///
    /// - Returns: The generation that was checked.
    /// - Throws: `ledger.damaged` when the file is not the one that was imported: it is not served any more;
    ///   `ledger.storage`; `CancellationError`, soon after the task was cancelled; why no ledger is open.
    @discardableResult
    public func checkIntegrity() async throws -> Int64 {
        let ledger = try open()
        do {
            try await IntegrityCheck(ledger: ledger, directory: directory).run()
            return ledger.manifest.generation
        } catch let error as LedgerError where error.code == .damaged {
            throw retire(ledger, error)
        }
    }

    /// Stops serving a ledger that showed damage, and sets its file aside.
    private func retire(_ ledger: OpenLedger, _ error: LedgerError) -> LedgerError {
        let isServed = state.withLock { state in
            guard case .open(let served) = state, served === ledger else { return false }
            state = .unusable(error)
            return true
        }
        if isServed {
            setAside(ledger.current.fileName)
            retirementQueue.yield()
        }
        return error
    }

    /// Sets a ledger's file aside.
    ///
    /// Nothing more can be done when even this fails; the ledger is not served in any case.
    private func setAside(_ fileName: String) {
        if !leavesFiles { try? directory.setAside(fileName) }
    }
}
