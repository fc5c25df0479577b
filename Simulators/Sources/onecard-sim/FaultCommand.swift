public import ArgumentParser
import SimulationKit
public import VirtualCard

/// Puts faults in force at a reader.
struct FaultCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fault",
        abstract: "Let something go wrong between card and reader.",
        discussion: """
            Faults add up and stay until `fault clear`; remove-at is used up when it happens. They hold for the card in
            the reader and for the next ones. Commands are counted from 1 since the card was put in; remove-at counts
            those of a card that lies there already from now.
            """,
        subcommands: [
            RemoveAt.self, Mute.self, Slow.self, Garbage.self, Endless61.self, WrongLength.self, HoldAt.self,
            Release.self, NoATR.self, PresenceUnknown.self, Clear.self,
        ]
    )

    /// What all faults have in common.
    struct Target: ParsableArguments {
        @Option(name: .long, help: "Number of the reader.")
        var reader = 1

        @OptionGroup var state: StateOption
        @OptionGroup var output: JSONOption

        func put(_ change: (inout FaultPlan) -> Void) throws(SimulationError) {
            var plan = FaultPlan()
            change(&plan)
            try send(ControlRequest(.fault, reader: reader, faults: plan))
        }

        func send(_ request: ControlRequest) throws(SimulationError) {
            let response = try state.send(request)
            if output.json {
                CommandOutput.json(response)
            }
        }
    }

    /// Tears the card out at a command.
    struct RemoveAt: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove-at",
            abstract: "Tear the card out at a command."
        )

        @Argument(help: "Which command, from 1.")
        var command: Int

        @Option(name: .long, help: "before: the command gets no answer; after: its answer still arrives.")
        var phase = FaultPlan.Phase.before

        @Option(name: .long, help: "Count only commands with this instruction byte, in hex, e.g. 20 for VERIFY.")
        var instruction: String?

        @OptionGroup var target: Target

        func validate() throws {
            if let instruction, UInt8(instruction, radix: 16) == nil {
                throw ValidationError("--instruction is one byte in hex, e.g. 20")
            }
        }

        func run() throws {
            let byte = instruction.flatMap { UInt8($0, radix: 16) }
            try target.put { $0.removal = FaultPlan.Removal(command: command, phase: phase, instruction: byte) }
        }
    }

    /// Lets the card fall silent.
    struct Mute: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mute",
            abstract: "Let the card fall silent."
        )

        @Option(name: .long, help: "The first command that is not answered.")
        var from = 1

        @Option(name: .long, help: "How long the reader waits for the card, milliseconds.")
        var milliseconds = FaultPlan.Silence.standardMilliseconds

        @OptionGroup var target: Target

        func run() throws {
            try target.put { $0.silence = FaultPlan.Silence(command: from, milliseconds: milliseconds) }
        }
    }

    /// Delays answers.
    struct Slow: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "slow", abstract: "Delay every answer.")

        @Argument(help: "By how much, milliseconds.")
        var milliseconds: Int

        @OptionGroup var target: Target

        func run() throws {
            try target.put { $0.slowMilliseconds = milliseconds }
        }
    }

    /// Makes answers random.
    struct Garbage: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "garbage",
            abstract: "Answer with random bytes."
        )

        @Option(name: .long, help: "The first command that is answered so.")
        var from = 1

        @OptionGroup var target: Target

        func run() throws {
            try target.put { $0.garbageFrom = from }
        }
    }

    /// Announces more data without end.
    struct Endless61: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "endless-61",
            abstract: "Announce more data with every answer."
        )

        @Option(name: .long, help: "The first command that is answered so.")
        var from = 1

        @OptionGroup var target: Target

        func run() throws {
            try target.put { $0.endless61From = from }
        }
    }

    /// Cuts answers short.
    struct WrongLength: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "wrong-length",
            abstract: "Leave the second half of the data out of every answer."
        )

        @Option(name: .long, help: "The first command that is answered so.")
        var from = 1

        @OptionGroup var target: Target

        func run() throws {
            try target.put { $0.wrongLengthFrom = from }
        }
    }

    /// Keeps an answer until it is released.
    struct HoldAt: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "hold-at",
            abstract: "Keep the answer to a command until `fault release`."
        )

        @Argument(help: "Which command, from 1.")
        var command: Int

        @OptionGroup var target: Target

        func run() throws {
            try target.put { $0.holdAt = command }
        }
    }

    /// Releases an answer that is held.
    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "release",
            abstract: "Release the answer that is held."
        )

        @OptionGroup var target: Target

        func run() throws {
            try target.send(ControlRequest(.release, reader: target.reader))
        }
    }

    /// Leaves the answer to reset out.
    struct NoATR: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "no-atr",
            abstract: "Give no answer to reset, as a card that is upside down."
        )

        @OptionGroup var target: Target

        func run() throws {
            try target.put { $0.noAnswerToReset = true }
        }
    }

    /// Lets the reader lose sight of its card.
    struct PresenceUnknown: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "presence-unknown",
            abstract: "Let the reader fail to tell whether a card is there."
        )

        @OptionGroup var target: Target

        func run() throws {
            try target.put { $0.presenceUnknown = true }
        }
    }

    /// Lifts all faults.
    struct Clear: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "clear",
            abstract: "Lift all faults of a reader."
        )

        @OptionGroup var target: Target

        func run() throws {
            try target.send(ControlRequest(.clear, reader: target.reader))
        }
    }
}

extension FaultPlan.Phase: ExpressibleByArgument {}
