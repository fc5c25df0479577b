import ArgumentParser
import SimulationKit

/// Puts a card onto a reader.
struct TapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tap",
        abstract: "Put a card onto a reader.",
        discussion: "Without --hold it stays until `lift`. The command returns at once in both cases."
    )

    @Argument(help: "Name of a persona; see `list`.")
    var persona: String

    @Option(name: .long, help: "Number of the reader: odd ones are contact, even ones contactless.")
    var reader = 1

    @Option(name: .long, help: "Take the card away after so many seconds.")
    var hold: Double?

    @OptionGroup var state: StateOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let response = try state.send(
            ControlRequest(.tap, persona: persona, reader: reader, holdSeconds: hold)
        )
        if output.json {
            CommandOutput.json(response)
        } else {
            print("\(persona) is on reader \(reader)")
        }
    }
}

/// Takes a card away.
struct LiftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lift",
        abstract: "Take the card away from a reader."
    )

    @Option(name: .long, help: "Number of the reader.")
    var reader = 1

    @OptionGroup var state: StateOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let response = try state.send(ControlRequest(.lift, reader: reader))
        if output.json {
            CommandOutput.json(response)
        } else {
            print("\(response.persona ?? "the card") has left reader \(reader)")
        }
    }
}

/// Makes cards as new.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a card as new: its PIN and its tries.",
        discussion: "A card keeps a changed PIN and used-up tries over taps, as a chip does, until the simulator ends."
    )

    @Argument(help: "Name of a persona; leave it out for all cards. A card in a reader is not changed.")
    var persona: String?

    @OptionGroup var state: StateOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let response = try state.send(ControlRequest(.restore, persona: persona))
        if output.json {
            CommandOutput.json(response)
        } else {
            print(persona.map { "\($0) is as new" } ?? "all cards are as new")
        }
    }
}
