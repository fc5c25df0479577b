import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import SimulationKit
import UnixSignals
import VirtualDesk

/// Runs the simulator.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Run the simulator in the foreground: readers, pcscd, control socket and virtual desk.",
        discussion: """
            Prints `pcscd PATH` (the value for PCSCLITE_CSOCK_NAME) and, unless --no-desk, `desk-simulator URL` when
            ready.
            Ctrl-C or SIGTERM stops everything, pcscd too. One simulator uses one --state directory.
            """
    )

    @OptionGroup var state: StateOption

    @Option(name: .long, help: "How many readers: odd ones are contact, even ones contactless.")
    var readers = 2

    @Option(name: .long, help: "A security module in a reader of its own, such as psam; may come again.")
    var module: [String] = []

    @OptionGroup var cards: CardsOption

    @Option(name: .long, help: "Port of the virtual desk on 127.0.0.1.")
    var port = 8490

    @Option(name: .long, help: "Address of the kiosk page with its token, shown beside the readers.")
    var kioskURL: String?

    @Flag(name: .long, help: "Serve no virtual desk.")
    var noDesk = false

    @Option(name: .long, help: "Seed of everything random.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Driver for pcscd (default: beside this program).")
    var handler: String?

    func validate() throws {
        guard readers >= 1, readers + module.count <= VirtualReaders.readersMax else {
            throw ValidationError("there are 1...\(VirtualReaders.readersMax) readers, modules included")
        }
        guard (1...65_535).contains(port) else { throw ValidationError("--port is 1...65535") }
        if let kioskURL, !kioskURL.hasPrefix("http://127.0.0.1:"), !kioskURL.hasPrefix("http://localhost:") {
            throw ValidationError("--kiosk-url is a page of this machine: http://127.0.0.1:PORT/…")
        }
    }

    func run() async throws {
        let driver = handler ?? InstalledFiles.handler
        guard FileManager.default.fileExists(atPath: driver) else {
            throw SimulationError(.pcscd, "there is no driver \(driver)", remedy: "build it, or name it with --handler")
        }
        let simulation = try Simulation(
            configuration: Simulation.Configuration(
                state: state.directory,
                readers: readers,
                modules: module,
                driver: .handler(driver),
                seed: seed
            ),
            catalogue: try cards.catalogue()
        )
        defer { simulation.stop() }
        CommandOutput.line("pcscd \(simulation.configuration.state.pcscdSocket)")
        var logger = Logger(label: "onecard-sim") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let service: any Service = noDesk ? UntilStopped() : try desk(simulation, logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [.sigint, .sigterm],
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch {
            throw SimulationError(
                .system,
                "the desk on port \(port) has ended: \(error)",
                remedy: "choose another --port"
            )
        }
    }

    private func desk(_ simulation: Simulation, _ logger: Logger) throws -> VirtualDesk {
        var generator = SystemRandomNumberGenerator()
        let configuration = DeskConfiguration(port: port, token: DeskToken(using: &generator), kioskURL: kioskURL)
        let page = configuration.pageURL
        try StateDirectory.write(page + "\n", to: simulation.configuration.state.deskAddressFile)
        return VirtualDesk(simulation: simulation, configuration: configuration, logger: logger) {
            CommandOutput.line("desk-simulator \(page)")
        }
    }
}
