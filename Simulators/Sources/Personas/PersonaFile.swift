import Benefits
import CivilIdentity
import HubProtocol
import VirtualCard
public import YAMLFiles

/// Decodes card files (`Simulators/Cards/*.yaml`); their fields are described in `Simulators/Cards/README.md`.
public enum PersonaFile: Sendable {
    /// Ending of a card file.
    public static let ending = ".yaml"
    /// The longest name of a persona.
    public static let nameLengthMax = 48

    /// Decodes one file.
    ///
    /// - Parameters:
    ///   - text: content of the file.
    ///   - file: its path; its last part without the ending must be the name of the persona.
    /// - Returns: the persona.
    /// - Throws: ``YAMLMistakes`` with every mistake and its line.
    public static func decode(_ text: String, file: String) throws(YAMLMistakes) -> Persona {
        try YAMLFile.decode(text, file: file) { top in
            persona(top, fileName: file.split(separator: "/").last.map(String.init) ?? file)
        }
    }

    private static func persona(_ top: YAMLMapping, fileName: String) -> Persona? {
        let name = top.string("name", lengthMax: nameLengthMax)
        if let name, name + ending != fileName {
            top.note("expected the name of the file", at: "name")
        }
        if top.boolean("simulated") == false {
            top.note("expected true: the simulator knows synthetic people only", at: "simulated")
        }
        let title = top.mapping("title")
        let chinese = title?.string("zh", lengthMax: 60)
        let english = title?.string("en", lengthMax: 120)
        let card = top.mapping("card").flatMap(CardSection.decode)
        let ledger = top.either(
            "ledger",
            texts: ["none"],
            fromText: { _ in PersonaLedger.nobody },
            fromMapping: { section in LedgerSection.decode(section, card: card?.image) }
        )
        let faults = top.optionalMapping("faults").map(FaultSection.decode) ?? FaultPlan()
        let expectation = top.mapping("expect").flatMap(ExpectationSection.decode)
        guard let name, let chinese, let english, let card, let ledger, let expectation else { return nil }
        return Persona(
            name: name,
            titleChinese: chinese,
            titleEnglish: english,
            card: card.image,
            faults: faults,
            ledger: ledger,
            expectation: expectation
        )
    }
}

/// The section `expect`.
enum ExpectationSection: Sendable {
    static func decode(_ section: YAMLMapping) -> PersonaExpectation? {
        let end = end(section)
        let warnings = section.strings("warnings", default: [], count: 0...16)
        let authenticated = section.optionalMapping("authenticated").flatMap(Self.end)
        return end.map {
            PersonaExpectation(
                screen: $0.screen,
                code: $0.code,
                warnings: warnings,
                programmes: $0.programmes,
                authenticated: authenticated
            )
        }
    }

    /// How a journey ends: the keys that both parts have.
    private static func end(_ section: YAMLMapping) -> PersonaExpectation.Authenticated? {
        let screen = section.choice("screen", of: PersonaExpectation.Screen.self)
        let code = section.optionalString("code", lengthMax: 64)
        let programmes = section.strings(
            "programmes",
            default: [],
            count: 0...8,
            oneOf: ProgrammeCode.eight.map(\.rawValue)
        )
        if screen == .failure, code == nil {
            section.note("expected a code, since the screen is a failure", at: "screen")
        }
        if screen != nil, screen != .failure, code != nil {
            section.note("expected no code, since the screen is no failure", at: "code")
        }
        return screen.map { PersonaExpectation.Authenticated(screen: $0, code: code, programmes: programmes) }
    }
}

/// The section `faults`.
enum FaultSection: Sendable {
    private static let commands = 1...999

    static func decode(_ section: YAMLMapping) -> FaultPlan {
        var plan = FaultPlan()
        if let removal = section.optionalMapping("removal") {
            let command = removal.integer("command", in: commands)
            let phase = removal.choice("phase", of: FaultPlan.Phase.self)
            let instruction = removal.optionalValue("instruction", expected: "one byte in hex") { text in
                CardSection.bytes(text, count: 1)?.first
            }
            if let command, let phase {
                plan.removal = FaultPlan.Removal(command: command, phase: phase, instruction: instruction)
            }
        }
        if let silence = section.optionalMapping("silence") {
            let milliseconds = silence.integer(
                "milliseconds",
                in: 1...FaultPlan.millisecondsMax,
                default: FaultPlan.Silence.standardMilliseconds
            )
            if let command = silence.integer("command", in: commands) {
                plan.silence = FaultPlan.Silence(command: command, milliseconds: milliseconds)
            }
        }
        plan.slowMilliseconds = section.optionalInteger("slowMilliseconds", in: 1...FaultPlan.millisecondsMax)
        plan.garbageFrom = section.optionalInteger("garbageFrom", in: commands)
        plan.wrongLengthFrom = section.optionalInteger("wrongLengthFrom", in: commands)
        return plan
    }
}
