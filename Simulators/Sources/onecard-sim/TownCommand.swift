import ArgumentParser
import CivilIdentity
import Foundation
import HubProtocol
import Personas
import SimulationKit
import SyntheticTown

/// Writes the ledger file of a synthetic town.
struct TownCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "town",
        abstract: "Write the ledger file of a synthetic town: all personas and any number of generated residents.",
        discussion: """
            One resident in eight is entitled to something (1.5 benefits on average, 24 months of payments each).
            Equal options, keys and card files make equal bytes.
            """
    )

    @Option(name: .long, help: "The ledger file.")
    var out: String

    @Option(name: .long, help: "Folder of development keys; see `keys`.")
    var keys: String

    @Option(name: .long, help: "Generated residents, 0...10000000.")
    var residents = 2_000

    @Option(name: .long, help: "Seed of everything random.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Division that the file covers.")
    var division = "440703001001"

    @Option(
        name: .long,
        help: "Number of the file, larger than that of every earlier one (default: --as-of in seconds)."
    )
    var generation: Int64?

    @Option(name: .long, help: "Date of the data: 2026-03-31 or 2026-03-31T08:00:00Z (default: now).")
    var asOf: String?

    @OptionGroup var cards: CardsOption
    @OptionGroup var output: JSONOption

    func validate() throws {
        guard (0...TownPlan.residentsMax).contains(residents) else {
            throw ValidationError("--residents is 0...\(TownPlan.residentsMax)")
        }
        guard (try? DivisionCode(division)) != nil else {
            throw ValidationError("--division is a division code such as 440703001001")
        }
        guard (generation ?? 1) > 0 else { throw ValidationError("--generation is 1 or more") }
        if let asOf, Self.instant(asOf) == nil {
            throw ValidationError("--as-of is a date such as 2026-03-31 or 2026-03-31T08:00:00Z")
        }
    }

    func run() throws {
        let instant = asOf.flatMap(Self.instant) ?? Int64(Date().timeIntervalSince1970)
        let catalogue = try cards.catalogue()
        let city = try failing("read the keys of \(keys)", "make them: `onecard-sim keys --out \(keys)`") {
            try DevelopmentKeys.city(in: keys)
        }
        let plan = TownPlan(
            residents: residents,
            seed: seed,
            division: try DivisionCode(division),
            asOf: instant
        )
        let number = generation ?? max(instant, 1)
        try failing("write \(out)", "check the folder and the free space") {
            let town = try SyntheticTown(plan: plan, personas: catalogue.residents)
            try TownFile.write(
                to: out,
                town: town,
                generation: number,
                fingerprint: catalogue.fingerprint,
                groupKey: city.group,
                signingKey: city.signing
            ) { count in
                report(count)
            }
        }
        if output.json {
            CommandOutput.json(Outcome(ok: true, file: out, generation: number, residents: residents))
        } else {
            print("\(out): generation \(number), \(residents) generated residents and all personas")
        }
    }

    /// Tells how far it is: on one line of a terminal, or a few lines elsewhere.
    private func report(_ count: Int) {
        let percent = count * 100 / max(residents, 1)
        let text = "town: \(count) of \(residents) residents (\(percent) %)"
        if isatty(STDERR_FILENO) != 0 {
            let end = percent == 100 ? "\n" : ""
            FileHandle.standardError.write(Data("\r\(text)\(end)".utf8))
        } else if percent % 20 == 0 {
            CommandOutput.note(text)
        }
    }

    private struct Outcome: Encodable {
        var ok: Bool
        var file: String
        var generation: Int64
        var residents: Int
    }

    /// Gives errors of lower floors a code of the simulator.
    private func failing<Result>(_ attempt: String, _ remedy: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw SimulationError(.system, "cannot \(attempt): \(error.localizedDescription)", remedy: remedy)
        }
    }

    /// Seconds since 1970 of a date, at midnight in Shanghai, or of an instant.
    private static func instant(_ text: String) -> Int64? {
        if let date = try? CivilDate(iso: text) {
            return date.secondsSince1970
        }
        return (try? Date(text, strategy: .iso8601)).map { Int64($0.timeIntervalSince1970) }
    }
}

/// Makes development keys.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make the keys of a development station and of its simulated city.",
        discussion:
            "Keys that stand already are kept. They are marked as development keys; a station says so on every page."
    )

    @Option(name: .long, help: "Folder of the keys.")
    var out: String

    @OptionGroup var output: JSONOption

    func run() throws {
        var generator = SystemRandomNumberGenerator()
        let made: [String]
        do {
            made = try DevelopmentKeys.make(in: out, using: &generator)
        } catch {
            throw SimulationError(
                .system,
                "cannot make keys in \(out): \(error.localizedDescription)",
                remedy: "check the folder"
            )
        }
        if output.json {
            CommandOutput.json(["made": made])
        } else {
            print(made.isEmpty ? "all keys stand already" : "made \(made.joined(separator: ", "))")
        }
    }
}
