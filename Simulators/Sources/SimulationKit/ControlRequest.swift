public import VirtualCard

/// One line of the control socket: what the simulator is asked to do.
public struct ControlRequest: Hashable, Sendable, Codable {
    /// The kinds of requests.
    public enum Command: String, Hashable, Sendable, Codable, CaseIterable {
        /// Puts a card onto a reader.
        case tap
        /// Takes it away.
        case lift
        /// Tells what stands where.
        case status
        /// Puts faults in force at a reader, in addition to those that stand.
        case fault
        /// Lifts all faults of a reader.
        case clear
        /// Releases an answer that is held.
        case release
        /// Makes cards as new: PIN, tries.
        case restore
        /// Starts, stops, kills, hangs or resumes pcscd.
        case pcscd
    }

    /// What is done with pcscd.
    public enum ServiceAction: String, Hashable, Sendable, Codable, CaseIterable {
        /// Starts it.
        case start
        /// Asks it to end.
        case stop
        /// Ends it at once.
        case kill
        /// Kills it and starts it again.
        case restart
        /// Stops it in its tracks, with its socket open.
        case hang
        /// Lets a hung one go on.
        case resume
    }

    /// What to do.
    public var command: Command
    /// Name of a persona.
    public var persona: String?
    /// Number of a reader, from one.
    public var reader: Int?
    /// How long a card stays, seconds; nil until it is lifted.
    public var holdSeconds: Double?
    /// Faults to put in force.
    public var faults: FaultPlan?
    /// What to do with pcscd.
    public var action: ServiceAction?
    /// Leaves pcscd's socket open when it is stopped or killed.
    public var keepsSocket: Bool?

    /// Makes a request.
    public init(
        _ command: Command,
        persona: String? = nil,
        reader: Int? = nil,
        holdSeconds: Double? = nil,
        faults: FaultPlan? = nil,
        action: ServiceAction? = nil,
        keepsSocket: Bool? = nil
    ) {
        self.command = command
        self.persona = persona
        self.reader = reader
        self.holdSeconds = holdSeconds
        self.faults = faults
        self.action = action
        self.keepsSocket = keepsSocket
    }
}

/// One line back.
public struct ControlResponse: Hashable, Sendable, Codable {
    /// True, or left out when there is an error.
    public var ok: Bool?
    /// Card that the request was about.
    public var persona: String?
    /// Reader that the request was about.
    public var reader: Int?
    /// What stands where.
    public var status: SimulationStatus?
    /// What went wrong.
    public var error: Failure?

    /// What went wrong.
    public struct Failure: Hashable, Sendable, Codable {
        /// Stable code.
        public var code: String
        /// What was attempted.
        public var message: String
        /// What to do now.
        public var remedy: String
    }

    /// Makes a success.
    public init(persona: String? = nil, reader: Int? = nil, status: SimulationStatus? = nil) {
        ok = true
        self.persona = persona
        self.reader = reader
        self.status = status
    }

    /// Makes a failure.
    public init(_ error: SimulationError) {
        self.error = Failure(code: error.code.rawValue, message: error.message, remedy: error.remedy)
    }
}

/// What stands where in a running simulator.
public struct SimulationStatus: Hashable, Sendable, Codable {
    /// What pcscd is doing.
    public var pcscd: PCSCService.Condition
    /// Number of pcscd's process.
    public var pcscdProcess: Int32?
    /// Socket for clients: value of PCSCLITE_CSOCK_NAME.
    public var pcscdSocket: String
    /// The readers in the order of their numbers.
    public var readers: [ReaderSnapshot]
}
