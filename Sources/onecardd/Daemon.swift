import Foundation
import HubProtocol
import JournalSQLite
import KioskServer
import LedgerSQLite
import LinuxHost
import Logging
import ServiceLifecycle
import SmartCardPCSC
import Station
import StationWiring
import UnixSignals

/// Wires the parts of the daemon and runs them until it is told to stop.
struct Daemon {
    private let setup: DaemonSetup
    private let logger: Logger
    private let printPages: Bool
    private let notifier: ServiceNotifier

    init(setup: DaemonSetup, logger: Logger, printPages: Bool) {
        self.setup = setup
        self.logger = logger
        self.printPages = printPages
        notifier = ServiceNotifier(environment: setup.environment)
    }

    /// Runs; returns after a clean stop.
    func run() async throws {
        let configuration = setup.configuration
        try StateDirectory.prepare(configuration.stateDirectory)
        let lock = try FileLock(path: "\(configuration.stateDirectory)/daemon.lock")
        defer { withExtendedLifetime(lock) {} }
        let journal = try openJournal()
        let ledger = SQLiteLedger(
            directory: setup.ledgerDirectory.path,
            stationDivision: configuration.division,
            hubKeys: setup.keys.hub,
            storageKey: setup.keys.storage
        )
        let cards = PCSCCardService()
        let controllers = makeControllers(ledger: ledger, journal: journal, cards: cards)
        let router = ReaderRouter(
            controllers: controllers,
            acceptsSimulated: configuration.simulated,
            isSimulated: { PCSCEnvironment.isSimulatedReader($0) },
            random: .system,
            journal: journal
        )
        let keeper = LedgerKeeper(
            ledger: ledger,
            controllers: controllers,
            router: router,
            journal: journal,
            logger: logger
        )
        let health = HealthReporter(
            configuration: configuration,
            facts: setup.facts,
            router: router,
            keeper: keeper,
            pinIsLocked: LockedPIN().isLocked
        )
        let pages = try PageTokens(points: configuration.servicePoints, directory: setup.pageDirectory)
        defer { pages.withdraw() }
        let kiosk = try makeKiosk(pages: pages, controllers: controllers, health: health)
        let answers = DaemonControl(keeper: keeper, journal: journal, health: health)
        let control = ControlServer(path: setup.controlSocket) { await answers.answer($0) }
        await keeper.start()
        try await journal.append([StationEvent(.stationStarted, servicePoint: "")])
        try control.start()
        defer { control.stop() }
        try await group([
            PointService(controllers: controllers), ReaderService(cards: cards, router: router), kiosk,
            WatchdogService(notifier: notifier), LedgerService(keeper: keeper, mark: setup.cleanStopMark),
        ]).run()
        notifier.notify(.stopping)
        try await journal.append([StationEvent(.stationStopped, servicePoint: "")])
    }

    private func openJournal() throws -> SQLiteJournal {
        try SQLiteJournal(
            url: setup.journalFile,
            station: setup.station,
            key: setup.keys.station,
            syncPolicy: setup.journalSync
        )
    }

    private func makeControllers(
        ledger: SQLiteLedger,
        journal: any Journal,
        cards: PCSCCardService
    ) -> [ServicePointController] {
        let clock = SystemStationClock()
        return setup.configuration.servicePoints.map { point in
            let assessor = CardAssessor(
                ledger: StationLedger(ledger),
                journal: journal,
                pseudonyms: setup.keys.group.pseudonymKey,
                policy: setup.policy,
                clock: clock,
                authentication: setup.securityModules.reading(of: point.id, cards: cards)
            )
            return ServicePointController(
                point: point,
                services: ServicePointController.Services(
                    assessor: assessor,
                    journal: journal,
                    clock: clock,
                    random: .system,
                    pin: LockedPIN(),
                    reader: { cards.reader($0) }
                ),
                facts: setup.facts
            )
        }
    }

    private func makeKiosk(
        pages: PageTokens,
        controllers: [ServicePointController],
        health: HealthReporter
    ) throws -> KioskServer {
        let notifier = notifier
        let printPages = printPages
        let logger = logger
        return try KioskServer(
            configuration: KioskConfiguration(
                port: setup.configuration.kioskPort,
                points: pages.tokens,
                simulatorOrigin: setup.configuration.simulatorOrigin,
                simulated: setup.configuration.simulated
            ),
            hosts: Dictionary(uniqueKeysWithValues: controllers.map { ($0.point.id, $0 as any KioskSessionHost) }),
            health: { await health.report() },
            logger: logger,
            onListening: { port in
                do {
                    for line in try pages.publish(port: port) where printPages { print(line) }
                    fflush(nil)
                    notifier.notify(.ready)
                } catch {
                    logger.error("the page addresses cannot be written", metadata: ["code": "\(FailureCode.of(error))"])
                }
            }
        )
    }

    private func group(_ services: [any Service]) -> ServiceGroup {
        ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    }
}
