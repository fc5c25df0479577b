import ArgumentParser
import Personas

/// Lists the personas.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the personas and what each should end with; needs no running simulator."
    )

    @Flag(name: .long, help: "With --json, print names, numbers, accounts and PINs too (synthetic people only).")
    var reveal = false

    @OptionGroup var cards: CardsOption
    @OptionGroup var output: JSONOption

    func validate() throws {
        if reveal, !output.json {
            throw ValidationError("--reveal needs --json")
        }
    }

    func run() throws {
        let personas = try cards.catalogue().personas
        if output.json {
            CommandOutput.json(["personas": personas.map { PersonaListing($0, reveals: reveal) }])
            return
        }
        let width = personas.map(\.name.count).max() ?? 0
        for persona in personas {
            let name = persona.name + String(repeating: " ", count: width - persona.name.count)
            let end = persona.expectation.code ?? persona.expectation.screen.rawValue
            print("\(name)  \(end)  \(persona.titleEnglish)")
        }
    }
}
