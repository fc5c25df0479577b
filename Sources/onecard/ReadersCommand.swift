import ArgumentParser
import SmartCard
import SmartCardPCSC

/// Lists the readers and whether a card is in each.
struct ReadersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readers",
        abstract: "List the PC/SC readers and whether a card is there."
    )

    @OptionGroup var output: OutputOptions

    @Option(name: .long, help: "Seconds to wait for the card service.")
    var timeout = 5

    private struct Row: Encodable {
        var name: String
        var presence: String
    }

    func run() async throws {
        do {
            let readers = try await PCSCCardService.listReaders(timeout: .seconds(timeout))
            let rows = readers.map { Row(name: $0.name.rawValue, presence: $0.presence.rawValue) }
            guard !output.json else { return Output.json(["readers": rows]) }
            if rows.isEmpty { Output.line("no reader") }
            for row in rows { Output.line("\(row.name)  \(row.presence)") }
        } catch {
            throw CommandFailure(error, asJSON: output.json)
        }
    }
}
