/// What goes wrong between a card and its reader.
///
/// Commands are counted from one since the card was inserted.
public struct FaultPlan: Hashable, Sendable, Codable {
    /// When a card is torn out, seen from the command at which it happens.
    public enum Phase: String, Hashable, Sendable, Codable, CaseIterable {
        /// The card never answers the command.
        case before
        /// The answer still arrives.
        case after
    }

    /// Tears the card out at a command; for a card that lies there already, commands are counted from now.
    public struct Removal: Hashable, Sendable, Codable {
        /// Which command, from one.
        public var command: Int
        /// Before or after the answer.
        public var phase: Phase
        /// Counts only commands with this instruction byte, such as 0x20 for VERIFY; nil counts all.
        public var instruction: UInt8?

        /// Makes a removal.
        public init(command: Int, phase: Phase, instruction: UInt8? = nil) {
            self.command = command
            self.phase = phase
            self.instruction = instruction
        }
    }

    /// Lets the card fall silent.
    public struct Silence: Hashable, Sendable, Codable {
        /// The first command that is not answered, from one.
        public var command: Int
        /// How long the reader waits before it gives up, milliseconds.
        public var milliseconds: Int

        /// Makes a silence.
        public init(command: Int, milliseconds: Int = Self.standardMilliseconds) {
            self.command = command
            self.milliseconds = milliseconds
        }

        /// Silence if nothing else is said: longer than any deadline of a station.
        public static let standardMilliseconds = 60_000
    }

    /// The longest time that a fault may last, milliseconds: below the limit of the reader link.
    public static let millisecondsMax = 590_000

    /// Tears the card out.
    public var removal: Removal?
    /// Lets the card fall silent.
    public var silence: Silence?
    /// Delays each answer, milliseconds.
    public var slowMilliseconds: Int?
    /// From this command on, answers are random bytes.
    public var garbageFrom: Int?
    /// From this command on, each answer announces more data.
    public var endless61From: Int?
    /// From this command on, the data of an answer lacks its second half.
    public var wrongLengthFrom: Int?
    /// Keeps the answer to this command until it is released.
    public var holdAt: Int?
    /// The card gives no answer to reset.
    public var noAnswerToReset: Bool?
    /// The reader cannot tell whether a card is there.
    public var presenceUnknown: Bool?

    /// No fault.
    public init() {}

    /// Whether nothing goes wrong.
    public var isEmpty: Bool { self == FaultPlan() }

    /// This plan, completed by another one where it says nothing.
    ///
    /// - Parameter other: the plan that gives way.
    /// - Returns: both together.
    public func merged(over other: FaultPlan) -> FaultPlan {
        var plan = self
        plan.removal = removal ?? other.removal
        plan.silence = silence ?? other.silence
        plan.slowMilliseconds = slowMilliseconds ?? other.slowMilliseconds
        plan.garbageFrom = garbageFrom ?? other.garbageFrom
        plan.endless61From = endless61From ?? other.endless61From
        plan.wrongLengthFrom = wrongLengthFrom ?? other.wrongLengthFrom
        plan.holdAt = holdAt ?? other.holdAt
        plan.noAnswerToReset = noAnswerToReset ?? other.noAnswerToReset
        plan.presenceUnknown = presenceUnknown ?? other.presenceUnknown
        return plan
    }
}
