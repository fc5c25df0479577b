import Foundation
import Glibc
import Synchronization

/// A private pcscd under socket activation: started, stopped, killed and hung on command.
///
/// The simulator makes the socket that clients reach by `PCSCLITE_CSOCK_NAME`, and hands it to pcscd as descriptor 3.
/// While the socket stays open without a pcscd, clients wait behind it, as they do when a socket-activated pcscd has
/// died.
public final class PCSCService: Sendable {
    /// What pcscd is doing.
    public enum Condition: String, Sendable, Codable {
        /// Clients are served.
        case running
        /// The process is stopped (SIGSTOP): clients wait.
        case hung
        /// There is no process.
        case stopped
    }

    /// Readers that can be plugged: pcscd runs inside `onecard-virtual-usb`, with the real CCID driver.
    public struct USB: Sendable {
        /// Path of `onecard-virtual-usb`.
        public var program: String
        /// Socket of the simulated reader behind the USB reader.
        public var readerSocket: String
        /// Socket for `plug` and `unplug`.
        public var controlSocket: String
        /// What the CCID driver knows instead of the installed list.
        public var driverList: String

        /// Makes a configuration.
        public init(program: String, readerSocket: String, controlSocket: String, driverList: String) {
            self.program = program
            self.readerSocket = readerSocket
            self.controlSocket = controlSocket
            self.driverList = driverList
        }
    }

    /// Where pcscd is, and what it works with.
    public struct Configuration: Sendable {
        /// Path of the program.
        public var program: String
        /// Readers on a simulated USB; nil for readers by configuration files.
        public var usb: USB?
        /// Path of the socket for clients.
        public var socketPath: String
        /// Absolute path of the folder of reader.conf files.
        public var readerConfigurationDirectory: String
        /// File with the number of the process.
        public var processFile: String
        /// File that receives pcscd's own messages.
        public var logFile: String

        /// Makes a configuration.
        public init(
            program: String = "/usr/sbin/pcscd",
            usb: USB? = nil,
            socketPath: String,
            readerConfigurationDirectory: String,
            processFile: String,
            logFile: String
        ) {
            self.program = program
            self.usb = usb
            self.socketPath = socketPath
            self.readerConfigurationDirectory = readerConfigurationDirectory
            self.processFile = processFile
            self.logFile = logFile
        }
    }

    /// How long a pcscd may take to stop by itself before it is killed, milliseconds.
    private static let stopMillisecondsMax: Int64 = 3_000
    /// How often the end of a process is looked for meanwhile, microseconds.
    private static let stopPollMicroseconds: useconds_t = 5_000

    private struct State {
        var socket: Descriptor?
        var process: pid_t?
        var isHung = false
    }

    /// Where pcscd is, and what it works with.
    public let configuration: Configuration
    private let state = Mutex(State())

    /// Makes a service that does not run yet.
    public init(configuration: Configuration) {
        self.configuration = configuration
    }

    /// What pcscd is doing now.
    public var condition: Condition {
        state.withLock { state in
            guard state.process != nil else { return .stopped }
            return state.isHung ? .hung : .running
        }
    }

    /// Number of the process, if there is one.
    public var processNumber: Int32? { state.withLock { $0.process } }

    // MARK: - Commands

    /// Makes the socket if it is missing and starts pcscd if it does not run.
    ///
    /// - Throws: ``SimulationError`` with `sim.pcscd` or `sim.system`.
    public func start() throws(SimulationError) {
        guard access(configuration.program, X_OK) == 0 else {
            throw SimulationError(
                .pcscd,
                "there is no \(configuration.program)",
                remedy: "install it: `apt-get install pcscd`"
            )
        }
        let socket = try openSocket()
        guard processNumber == nil else { return }
        try PCSCLauncher.launch(
            configuration,
            socket: socket,
            started: { [weak self] in self?.started($0) },
            ended: { [weak self] in self?.ended($0) }
        )
    }

    /// Stops pcscd and, unless the socket is kept, the way to it.
    ///
    /// - Parameters:
    ///   - abruptly: kills instead of asking.
    ///   - keepsSocket: leaves the socket open, so that clients wait behind it.
    public func stop(abruptly: Bool, keepsSocket: Bool) {
        if !keepsSocket {
            closeSocket()
        }
        guard let process = processNumber else { return }
        kill(process, SIGCONT)
        kill(process, abruptly ? SIGKILL : SIGTERM)
        let deadline = monotonicMilliseconds() + Self.stopMillisecondsMax
        while processNumber == process {
            if monotonicMilliseconds() > deadline {
                kill(process, SIGKILL)
            }
            usleep(Self.stopPollMicroseconds)
        }
    }

    /// Stops the process in its tracks; clients wait.
    ///
    /// - Throws: ``SimulationError`` with `sim.pcscd` if it does not run.
    public func hang() throws(SimulationError) {
        try signal(SIGSTOP, hung: true)
    }

    /// Lets a hung process go on.
    ///
    /// - Throws: ``SimulationError`` with `sim.pcscd` if it does not run.
    public func resume() throws(SimulationError) {
        try signal(SIGCONT, hung: false)
    }

    private func signal(_ number: Int32, hung: Bool) throws(SimulationError) {
        guard let process = processNumber, kill(process, number) == 0 else {
            throw SimulationError(.pcscd, "pcscd does not run", remedy: "start it: `onecard-sim pcscd start`")
        }
        state.withLock { $0.isHung = hung }
    }

    // MARK: - Socket and end

    private func openSocket() throws(SimulationError) -> Descriptor {
        if let open = state.withLock({ $0.socket }) {
            return open
        }
        let descriptor = try UnixSocket.listen(.stream, at: configuration.socketPath)
        state.withLock { $0.socket = descriptor }
        return descriptor
    }

    private func closeSocket() {
        unlink(configuration.socketPath)
        state.withLock { $0.socket = nil }
    }

    private func started(_ process: pid_t) {
        state.withLock { state in
            state.process = process
            state.isHung = false
        }
        try? "\(process)\n".write(toFile: configuration.processFile, atomically: true, encoding: .utf8)
    }

    private func ended(_ process: pid_t) {
        state.withLock { state in
            guard state.process == process else { return }
            state.process = nil
            state.isHung = false
        }
        unlink(configuration.processFile)
    }
}
