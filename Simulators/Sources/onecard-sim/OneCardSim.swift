import ArgumentParser
import Foundation
import SimulationKit
import YAMLFiles

/// `onecard-sim`: virtual readers and cards, a private pcscd, and synthetic towns.
@main
struct OneCardSim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onecard-sim",
        abstract: "Simulated readers, cards and towns for OneCard; synthetic people only.",
        discussion: """
            `up` runs the simulator; the other commands talk to it over its control socket.
            Exit codes: 0 done, 2 usage, 3 no simulator answers, 4 refused, 5 system or pcscd.
            """,
        subcommands: [
            UpCommand.self, TapCommand.self, LiftCommand.self, StatusCommand.self, FaultCommand.self,
            ServiceCommand.self,
            RestoreCommand.self, ListCommand.self, TownCommand.self, KeysCommand.self, USBCommand.self,
            DevicesCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as SimulationError {
            CommandOutput.fail(error)
        } catch let mistakes as YAMLMistakes {
            CommandOutput.fail(
                SimulationError(.cardFile, "\n\(mistakes)", remedy: "repair the card files named above")
            )
        } catch let status as ExitCode {
            Foundation.exit(status.rawValue)
        } catch {
            CommandOutput.exit(parsing: error)
        }
    }
}

/// What commands print, and how the process ends.
enum CommandOutput: Sendable {
    private static let usageExit: Int32 = 2

    /// Prints a value as one line of JSON.
    static func json(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return }
        FileHandle.standardOutput.write(data + Data("\n".utf8))
    }

    /// Prints a line on standard output at once, also into a pipe that a launcher reads.
    static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Prints lines for people.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Ends with an error: JSON on standard output if the command line asks for JSON, else text on standard error.
    static func fail(_ error: SimulationError) -> Never {
        if CommandLine.arguments.contains("--json") {
            json(ControlResponse(error))
        } else {
            note("onecard-sim: \(error.message) [\(error.code.rawValue)]\n  \(error.remedy)")
        }
        Foundation.exit(exitCode(error.code))
    }

    /// Ends after help, or with a mistake of the command line.
    static func exit(parsing error: any Error) -> Never {
        let message = OneCardSim.fullMessage(for: error)
        if OneCardSim.exitCode(for: error) == .success {
            FileHandle.standardOutput.write(Data((message + "\n").utf8))
            Foundation.exit(0)
        }
        note(message)
        Foundation.exit(usageExit)
    }

    private static func exitCode(_ code: SimulationError.Code) -> Int32 {
        switch code {
        case .badRequest: usageExit
        case .notRunning: 3
        case .personaUnknown, .readerUnknown, .readerOccupied, .readerEmpty, .cardInUse, .alreadyRunning: 4
        default: 5
        }
    }
}
