import ArgumentParser
import Foundation

/// Walks through everything that a station needs, and says what is wrong and what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examine the station: card service, readers, card, ledger, keys, clock, disk.",
        discussion: "Exit status 0: all is well or only warnings; 1: something is wrong."
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let checks = await StationExamination(station).run()
        if output.json {
            Output.json(["checks": checks])
        } else {
            for check in checks {
                Output.line("\(check.status.mark) \(check.name): \(check.finding)")
                if let remedy = check.remedy { Output.line("       \(check.code ?? ""): \(remedy)") }
            }
        }
        if checks.contains(where: { $0.status == .wrong }) { throw ExitCode(1) }
    }
}
