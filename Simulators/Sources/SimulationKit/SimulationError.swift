/// An error of the simulator: what a person or a test did wrong, or what the machine refused.
public struct SimulationError: Error, Sendable, Codable, CustomStringConvertible {
    /// The kind of failure; equality and tests use this alone.
    public struct Code: Hashable, Sendable, Codable, RawRepresentable {
        /// Stable text, `sim.kebab-case`.
        public let rawValue: String

        /// Makes a code from its text, as received over the control socket.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// No card file of that name.
        public static let personaUnknown = Code(rawValue: "sim.persona-unknown")
        /// No reader of that number.
        public static let readerUnknown = Code(rawValue: "sim.reader-unknown")
        /// A card is in the reader already.
        public static let readerOccupied = Code(rawValue: "sim.reader-occupied")
        /// No card is in the reader.
        public static let readerEmpty = Code(rawValue: "sim.reader-empty")
        /// The card is in another reader.
        public static let cardInUse = Code(rawValue: "sim.card-in-use")
        /// A command or a value that the simulator does not know.
        public static let badRequest = Code(rawValue: "sim.bad-request")
        /// No simulator answers at the control socket.
        public static let notRunning = Code(rawValue: "sim.not-running")
        /// Another simulator uses the state directory.
        public static let alreadyRunning = Code(rawValue: "sim.already-running")
        /// A file, socket or directory could not be made or read.
        public static let system = Code(rawValue: "sim.system")
        /// pcscd is missing or could not be started.
        public static let pcscd = Code(rawValue: "sim.pcscd")
        /// A card file has mistakes.
        public static let cardFile = Code(rawValue: "sim.card-file")
    }

    /// The kind of failure.
    public var code: Code
    /// What was attempted.
    public var message: String
    /// What to do now.
    public var remedy: String

    /// Makes an error.
    public init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// Code, message and remedy on one line.
    public var description: String { "\(code.rawValue): \(message) (\(remedy))" }
}
