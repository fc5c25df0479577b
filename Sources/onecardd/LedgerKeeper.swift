import HubProtocol
import LedgerSQLite
import Logging
import Station

/// Opens the ledger at start, switches to a newer one when asked, and checks it after an unclean stop.
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
        await open()
    }

    /// Switches to the generation that `current` names.
    ///
    /// - Returns: what is open afterwards.
    /// - Throws: a `ledger.*` code; the generation that was open stays open.
    func switchToCurrent() async throws -> LedgerStatus {
        do {
            try ledger.switchToCurrent()
            let status = try await StationLedger(ledger).status()
            await use(status, code: nil)
            let row = StationEvent(
                .ledgerSwitched,
                servicePoint: "",
                attributes: ["generation": .integer(status.generation)]
            )
            try await journal.append([row])
            logger.info("ledger switched", metadata: ["ledger.generation": "\(status.generation)"])
            return status
        } catch {
            logger.error("ledger not switched", metadata: ["code": "\(FailureCode.of(error))"])
            throw error
        }
    }

    /// Checks the whole ledger; a damaged one is set aside and no longer used.
    func checkWhole() async {
        do {
            try await ledger.checkIntegrity()
            logger.info("ledger checked")
        } catch {
            await use(nil, code: FailureCode.of(error))
            logger.error("ledger set aside", metadata: ["code": "\(FailureCode.of(error))"])
        }
    }

    private func open() async {
        do {
            try ledger.switchToCurrent()
            await use(try await StationLedger(ledger).status(), code: nil)
        } catch {
            await use(nil, code: FailureCode.of(error))
            logger.warning("no ledger", metadata: ["code": "\(FailureCode.of(error))"])
        }
    }

    private func use(_ status: LedgerStatus?, code: String?) async {
        self.status = status
        self.code = code
        for controller in controllers { await controller.ledgerChanged(status) }
        await router.block(code: code)
    }
}
