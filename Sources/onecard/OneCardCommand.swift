import ArgumentParser
import LinuxHost

/// The command line of a station: for technicians, staff and scripts.
@main
struct OneCardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onecard",
        abstract: "Reads social-security cards and looks after a station.",
        discussion: """
            Every command prints text for people, or JSON with --json. A failure has a stable code that
            Documentation/FailureCodes.md explains.

            Exit status: 0 done, 1 something was found wrong, 2 usage, 3 no reader, 4 no card, 5 card refused or
            unreadable, 6 service.
            """,
        subcommands: [
            ReadersCommand.self, ReadCommand.self, StatementCommand.self, LedgerCommand.self, JournalCommand.self,
            DoctorCommand.self, IDCommand.self, DevicesCommand.self, ProfileCommand.self,
        ]
    )

    /// Parses and runs; a wrong word on the command line ends with the status of usage, not the library's own.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            ProcessEnd.now(0)
        } catch let failure as CommandFailure {
            failure.report()
        } catch let status as ExitCode {
            ProcessEnd.now(status.rawValue)
        } catch {
            guard exitCode(for: error) != .success else { exit(withError: error) }
            CommandFailure.usage(fullMessage(for: error), asJSON: CommandLine.arguments.contains("--json")).report()
        }
    }
}

/// Options that every command has.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON.")
    var json = false
}

/// Where the station's configuration stands.
struct StationOptions: ParsableArguments {
    @Option(name: .long, help: "The station's configuration.")
    var config = "/etc/onecard/station.yaml"
}
