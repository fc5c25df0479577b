import Glibc
public import SmartCard

/// What of the environment libpcsclite heeds, and which readers are simulated.
public enum PCSCEnvironment: Sendable {
    /// The variable that leads libpcsclite to another socket than that of the system.
    public static let socketVariable = "PCSCLITE_CSOCK_NAME"

    /// The beginning of the names of simulated readers.
    public static let simulatedReaderPrefix = "OneCard Simulator"

    /// Lets libpcsclite heed or ignore ``socketVariable``.
    ///
    /// To be called at the start of the process, before any other thread runs and before the first call of libpcsclite, which
    /// reads the variable once.
    ///
    /// - Parameter simulated: Whether this station is simulated; if not the variable is removed.
    public static func apply(simulated: Bool) {
        guard !simulated else { return }
        unsafe unsetenv(socketVariable)
    }

    /// Whether a reader is a simulated one, which a station refuses unless it is simulated itself.
    ///
    /// - Parameter name: The reader's name.
    /// - Returns: Whether its name begins with ``simulatedReaderPrefix``.
    public static func isSimulatedReader(_ name: ReaderName) -> Bool {
        name.rawValue.hasPrefix(simulatedReaderPrefix)
    }

    /// The path of the socket that libpcsclite uses; libpcsclite cuts it at 107 bytes.
    public static var socketPath: String {
        guard let value = unsafe getenv(socketVariable) else { return "/run/pcscd/pcscd.comm" }
        return unsafe String(cString: value)
    }
}
