import HubProtocol
import LedgerSQLite
import Logging
import Station

/// Opens the ledger at start, switches to a newer one when asked, and checks it after an unclean stop.
///
/// The ledger alone knows whether it can be used; after everything that may have changed that, the service points are
/// told anew.
actor LedgerKeeper {
    private let ledger: SQLiteLedger
    private let controllers: [ServicePointController]
    private let router: ReaderRouter
    private let journal: any Journal
    private let logger: Logger
    private(set) var status: LedgerStatus?
    private(set) var code: String?

    init(
        ledger: SQLiteLedger,
        controllers: [ServicePointController],
        router: ReaderRouter,
        journal: any Journal,
        logger: Logger
    ) {
        self.ledger = ledger
        self.controllers = controllers
        self.router = router
        self.journal = journal
        self.logger = logger
    }

    /// Opens the current generation; without one the station runs and says so.
    func start() async {
        do {
            try ledger.switchToCurrent()
        } catch {
            logger.warning("no ledger", metadata: ["code": "\(FailureCode.of(error))"])
        }
        await refresh()
    }

    /// Switches to the generation that `current` names.
    ///
    /// - Returns: what is open afterwards.
    /// - Throws: a `ledger.*` code; the generation that was open stays open unless its own file is damaged or gone.
    func switchToCurrent() async throws -> LedgerStatus {
        do {
            try ledger.switchToCurrent()
            let status = try await StationLedger(ledger).status()
            await refresh()
            let row = StationEvent(
                .ledgerSwitched,
                servicePoint: "",
                attributes: ["generation": .integer(status.generation)]
            )
            try await journal.append([row])
            logger.info("ledger switched", metadata: ["ledger.generation": "\(status.generation)"])
            return status
        } catch {
            await refresh()
            logger.error("ledger not switched", metadata: ["code": "\(FailureCode.of(error))"])
            throw error
        }
    }

    /// Checks the whole ledger; a damaged one is set aside and no longer used.
    ///
    /// - Returns: Whether the check came to an end, whatever it found.
    func checkWhole() async -> Bool {
        do {
            let generation = try await ledger.checkIntegrity()
            logger.info("ledger checked", metadata: ["ledger.generation": "\(generation)"])
            return true
        } catch is CancellationError {
            return false
        } catch {
            await refresh()
            logger.error("ledger check failed", metadata: ["code": "\(FailureCode.of(error))"])
            return FailureCode.of(error) != LedgerError.Code.storage.rawValue
        }
    }

    /// Takes notice of damage that a look-up finds, until the task is cancelled.
    func watch() async {
        for await _ in ledger.retirements {
            await refresh()
            if let code { logger.error("ledger out of use", metadata: ["code": "\(code)"]) }
        }
    }

    /// Tells the service points what the ledger says of itself now.
    private func refresh() async {
        do {
            status = try await StationLedger(ledger).status()
            code = nil
        } catch {
            status = nil
            code = FailureCode.of(error)
        }
        for controller in controllers { await controller.ledgerChanged(status) }
        await router.block(code: code)
    }
}
