import Foundation
import Glibc
public import Personas
import SmartCard
import Synchronization
import VirtualCard

/// A running simulator: readers, cards, pcscd and the control socket.
public final class Simulation: Sendable {
    /// What a simulator is made of.
    public struct Configuration: Sendable {
        /// Where sockets and files go.
        public var state: StateDirectory
        /// How many readers; odd ones are contact, even ones contactless.
        public var readers: Int
        /// Security modules, each in a reader of its own behind the others.
        public var modules: [String]
        /// How pcscd comes to its readers.
        public var driver: Driver
        /// Seed of everything random.
        public var seed: UInt64

        /// Makes a configuration.
        public init(
            state: StateDirectory,
            readers: Int,
            modules: [String] = [],
            driver: Driver,
            seed: UInt64
        ) {
            self.state = state
            self.readers = readers
            self.modules = modules
            self.driver = driver
            self.seed = seed
        }
    }

    /// How pcscd comes to its readers.
    public enum Driver: Sendable {
        /// By configuration files: pcscd loads `libOneCardIFDHandler.so` of this path. Such readers are there for good.
        case handler(String)
        /// By a simulated USB with the real CCID driver: one reader, which can be plugged and unplugged.
        case usb(program: String, driverList: String)
    }

    /// The longest time that a card may be held, seconds.
    public static let holdSecondsMax = 86_400.0
    /// How long pcscd may take to load the driver of every reader, milliseconds.
    private static let readyMillisecondsMax: Int64 = 10_000
    private static let readyPollMicroseconds: useconds_t = 10_000

    /// The personas that can be tapped.
    public let catalogue: PersonaCatalogue
    /// What the simulator was made of.
    public let configuration: Configuration
    private let directoryLock: Descriptor
    private let drawer: CardDrawer
    private let readers: VirtualReaders
    private let pcscd: PCSCService
    private let control = Mutex<ControlServer?>(nil)

    /// Makes sockets and starts pcscd and the control socket; returns when pcscd has found every reader.
    ///
    /// - Throws: ``SimulationError``.
    public init(configuration: Configuration, catalogue: PersonaCatalogue) throws(SimulationError) {
        self.configuration = configuration
        self.catalogue = catalogue
        let state = configuration.state
        try state.create()
        directoryLock = try state.lock()
        let drawer = CardDrawer(catalogue, seed: configuration.seed)
        self.drawer = drawer
        readers = try VirtualReaders(
            directory: state.path,
            interfaces: (1...configuration.readers).map(ReaderNames.interface)
                + configuration.modules.map { _ in .contact },
            names: Self.names(configuration),
            seed: configuration.seed,
            cardReturned: { persona, card in drawer.putBack(card, of: persona) }
        )
        pcscd = PCSCService(configuration: try Self.service(configuration, sockets: readers.socketPaths))
        try pcscd.start()
        try waitUntilConnected()
        for (index, module) in configuration.modules.enumerated() {
            _ = try tap(module, reader: configuration.readers + index + 1, holdSeconds: nil)
        }
        let server = try ControlServer(path: state.controlSocket) { [weak self] request in
            self?.respond(to: request) ?? ControlResponse(Self.stopping)
        }
        control.withLock { $0 = server }
    }

    private static let stopping = SimulationError(
        .notRunning,
        "the simulator is stopping",
        remedy: "start it again"
    )

    /// Stops everything and removes the sockets.
    public func stop() {
        control.withLock { $0?.stop() }
        pcscd.stop(abruptly: false, keepsSocket: false)
        configuration.state.clear(readers: readers.socketPaths)
    }

    // MARK: - Requests

    /// Carries out a request of the control socket or of the desk.
    ///
    /// - Returns: success or failure; nothing is thrown.
    public func respond(to request: ControlRequest) -> ControlResponse {
        do throws(SimulationError) {
            return try perform(request)
        } catch {
            return ControlResponse(error)
        }
    }

    /// What stands where now.
    public func status() -> SimulationStatus {
        SimulationStatus(
            pcscd: pcscd.condition,
            pcscdProcess: pcscd.processNumber,
            pcscdSocket: configuration.state.pcscdSocket,
            readers: readers.snapshots()
        )
    }

    private func perform(_ request: ControlRequest) throws(SimulationError) -> ControlResponse {
        let reader = request.reader ?? 1
        switch request.command {
        case .tap:
            return try tap(request.persona, reader: reader, holdSeconds: request.holdSeconds)
        case .lift:
            return ControlResponse(persona: try readers.remove(from: reader), reader: reader)
        case .status:
            return ControlResponse(status: status())
        case .fault:
            try readers.apply(try checked(request.faults), to: reader)
        case .clear:
            try readers.clearFaults(of: reader)
        case .release:
            try readers.release(reader)
        case .restore:
            try drawer.restore(request.persona)
            return ControlResponse(persona: request.persona)
        case .pcscd:
            try control(request.action, keepsSocket: request.keepsSocket ?? false)
            return ControlResponse(status: status())
        }
        return ControlResponse(reader: reader)
    }

    private func tap(_ name: String?, reader: Int, holdSeconds: Double?) throws(SimulationError) -> ControlResponse {
        guard let name else {
            throw SimulationError(.badRequest, "tap needs a persona", remedy: "see `onecard-sim list`")
        }
        var holdMilliseconds: Int64?
        if let holdSeconds {
            guard holdSeconds >= 0, holdSeconds <= Self.holdSecondsMax else {
                throw SimulationError(
                    .badRequest,
                    "a card is held 0...86400 seconds",
                    remedy: "leave --hold out to keep it there"
                )
            }
            holdMilliseconds = Int64(holdSeconds * 1000)
        }
        let (card, faults) = try drawer.take(name)
        do throws(SimulationError) {
            try readers.insert(
                card,
                persona: name,
                faults: faults,
                into: reader,
                holdMilliseconds: holdMilliseconds
            )
        } catch {
            drawer.putBack(card, of: name)
            throw error
        }
        return ControlResponse(persona: name, reader: reader)
    }

    private func checked(_ plan: FaultPlan?) throws(SimulationError) -> FaultPlan {
        guard let plan, !plan.isEmpty else {
            throw SimulationError(.badRequest, "fault needs a fault", remedy: "see `onecard-sim fault --help`")
        }
        let commands =
            [plan.removal?.command, plan.silence?.command, plan.garbageFrom, plan.endless61From]
            + [plan.wrongLengthFrom, plan.holdAt]
        let times = [plan.silence?.milliseconds, plan.slowMilliseconds]
        guard commands.compactMap(\.self).allSatisfy({ $0 >= 1 }),
            times.compactMap(\.self).allSatisfy({ (0...FaultPlan.millisecondsMax).contains($0) })
        else {
            throw SimulationError(
                .badRequest,
                "commands are counted from 1, times are at most \(FaultPlan.millisecondsMax) ms",
                remedy: "see `onecard-sim fault --help`"
            )
        }
        return plan
    }

    private func control(_ action: ControlRequest.ServiceAction?, keepsSocket: Bool) throws(SimulationError) {
        switch action {
        case .start:
            try pcscd.start()
        case .stop:
            pcscd.stop(abruptly: false, keepsSocket: keepsSocket)
        case .kill:
            pcscd.stop(abruptly: true, keepsSocket: keepsSocket)
        case .restart:
            pcscd.stop(abruptly: true, keepsSocket: keepsSocket)
            try pcscd.start()
        case .hang:
            try pcscd.hang()
        case .resume:
            try pcscd.resume()
        case nil:
            throw SimulationError(.badRequest, "pcscd needs an action", remedy: "see `onecard-sim pcscd --help`")
        }
    }

    // MARK: - Start

    private static func names(_ configuration: Configuration) -> [String] {
        switch configuration.driver {
        case .handler:
            ReaderNames.friendlyNames(readers: configuration.readers, modules: configuration.modules.count).enumerated()
                .map { ReaderNames.clientName($1, device: $0) }
        case .usb: [ReaderNames.usbClientName]
        }
    }

    /// Writes pcscd's configuration files and says how it is started.
    private static func service(
        _ configuration: Configuration,
        sockets: [String]
    ) throws(SimulationError) -> PCSCService.Configuration {
        let state = configuration.state
        var usb: PCSCService.USB?
        var readerFile = ""
        switch configuration.driver {
        case .handler(let path):
            let names = ReaderNames.friendlyNames(
                readers: configuration.readers,
                modules: configuration.modules.count
            )
            readerFile = ReaderNames.configurationFile(names: names, sockets: sockets, handler: path)
        case .usb(let program, let driverList):
            precondition(configuration.readers == 1 && configuration.modules.isEmpty)
            usb = PCSCService.USB(
                program: program,
                readerSocket: sockets[0],
                controlSocket: state.usbSocket,
                driverList: driverList
            )
        }
        try StateDirectory.write(readerFile, to: state.readerConfiguration + "/onecard-simulator")
        return PCSCService.Configuration(
            usb: usb,
            socketPath: state.pcscdSocket,
            readerConfigurationDirectory: state.readerConfiguration,
            processFile: state.pcscdProcessFile,
            logFile: state.pcscdLog
        )
    }

    private func waitUntilConnected() throws(SimulationError) {
        let deadline = monotonicMilliseconds() + Self.readyMillisecondsMax
        while readers.snapshots().contains(where: { !$0.isConnected }) {
            guard monotonicMilliseconds() < deadline, pcscd.condition == .running else {
                pcscd.stop(abruptly: true, keepsSocket: false)
                throw SimulationError(
                    .pcscd,
                    "pcscd did not load the driver of every reader",
                    remedy: "see \(configuration.state.pcscdLog)"
                )
            }
            usleep(Self.readyPollMicroseconds)
        }
    }
}
