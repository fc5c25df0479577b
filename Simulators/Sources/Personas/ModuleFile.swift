import VirtualCard
public import YAMLFiles

/// Decodes files of security modules (`Simulators/Cards/modules/*.yaml`); their fields are described in
/// `Simulators/Cards/README.md`.
public enum ModuleFile: Sendable {
    /// The folder beside the card files.
    public static let folder = "modules"

    /// Decodes one file.
    ///
    /// - Parameters:
    ///   - text: content of the file.
    ///   - file: its path; its last part without the ending must be the name of the module.
    /// - Returns: the module.
    /// - Throws: ``YAMLMistakes`` with every mistake and its line.
    public static func decode(_ text: String, file: String) throws(YAMLMistakes) -> ModulePersona {
        try YAMLFile.decode(text, file: file) { top in
            module(top, fileName: file.split(separator: "/").last.map(String.init) ?? file)
        }
    }

    private static func module(_ top: YAMLMapping, fileName: String) -> ModulePersona? {
        let name = top.string("name", lengthMax: PersonaFile.nameLengthMax)
        if let name, name + PersonaFile.ending != fileName {
            top.note("expected the name of the file", at: "name")
        }
        if top.boolean("simulated") == false {
            top.note("expected true: the simulator has its own keys only", at: "simulated")
        }
        let title = top.mapping("title")
        let chinese = title?.string("zh", lengthMax: 60)
        let english = title?.string("en", lengthMax: 120)
        let image = top.mapping("module").flatMap(image)
        let code = top.optionalMapping("expect")?.string("code", lengthMax: 64)
        guard let name, let chinese, let english, let image else { return nil }
        return ModulePersona(name: name, titleChinese: chinese, titleEnglish: english, image: image, code: code)
    }

    private static func image(_ section: YAMLMapping) -> SecurityModuleImage? {
        let dialect = section.choice("dialect", of: SecurityModuleImage.Dialect.self)
        let cipher = section.string("cipher", oneOf: [CardCipher.tripleDES.rawValue, CardCipher.sm4.rawValue])
        let all = SimulatedKeys.Purpose.allCases.map(\.rawValue)
        let keys = section.strings("keys", default: all, count: 0...all.count, oneOf: all)
        let wrongKeys = section.strings("wrongKeys", default: [], count: 0...all.count, oneOf: all)
        if !Set(wrongKeys).isSubset(of: keys) {
            section.note("expected some of the keys", at: "wrongKeys")
        }
        let terminalNumber = section.value("terminalNumber", expected: "12 digits") {
            CardSection.digits($0, count: SecurityModuleImage.terminalNumberLength)
        }
        let answerToReset = section.optionalValue("atr", expected: "2 to 33 bytes in hex") { text in
            CardSection.bytes(text, count: text.utf8.count / 2).flatMap { (2...33).contains($0.count) ? $0 : nil }
        }
        guard let dialect, let cipher = cipher.flatMap(CardCipher.init(rawValue:)), let terminalNumber else {
            return nil
        }
        return SecurityModuleImage(
            dialect: dialect,
            cipher: cipher,
            keys: Set(keys.compactMap(SimulatedKeys.Purpose.init(rawValue:))),
            wrongKeys: Set(wrongKeys.compactMap(SimulatedKeys.Purpose.init(rawValue:))),
            terminalNumber: terminalNumber,
            answerToReset: answerToReset
        )
    }
}
