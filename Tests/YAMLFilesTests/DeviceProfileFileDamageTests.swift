import DeviceProfiles
import Testing

@testable import YAMLFiles

/// Each key of each shipped file is dropped, misspelt and given a value of another type in turn.
@Suite
struct DeviceProfileFileDamageTests {
    @Test(arguments: DeviceProfileSheet.files)
    func writtenAnewItIsTheSameProfile(_ file: String) throws {
        let tree = try #require(try DeviceProfileSheet.tree(file))
        let sheet = DeviceProfileSheet(tree)
        #expect(sheet.keys.count > 20)
        #expect(try DeviceProfileFile.decode(sheet.text, file: file) == DeviceProfileFileTests.profile(file))
    }

    @Test(arguments: DeviceProfileSheet.files)
    func everyKeyIsNeededAndHasItsType(_ file: String) throws {
        let tree = try #require(try DeviceProfileSheet.tree(file))
        for key in DeviceProfileSheet(tree).keys {
            for damage in DeviceProfileSheet.Damage.allCases {
                let sheet = DeviceProfileSheet(tree, damaged: key, damage)
                let mistakes = DeviceProfileFileTests.mistakes(sheet.text, file)
                let isTold = mistakes.contains { isRight($0, key, damage, sheet) }
                #expect(isTold, "\(file), \(key), \(damage): \(mistakes)")
                #expect(mistakes.allSatisfy { $0.file == file && (1...sheet.lines.count).contains($0.line) })
            }
        }
    }

    /// Whether a mistake stands on the right line, at the right place, with what was expected.
    private func isRight(
        _ mistake: YAMLMistake,
        _ key: String,
        _ damage: DeviceProfileSheet.Damage,
        _ sheet: DeviceProfileSheet
    ) -> Bool {
        let end = key.lastIndex(of: ".")
        let name = end.map { key[key.index(after: $0)...] } ?? key[...]
        let outer = end.map { String(key[..<$0]) } ?? ""
        switch damage {
        case .dropped:
            let isPattern = ["prefix", "contains", "glob"].contains(name) && outer != "framing"
            let form = "expected exactly one of `prefix`, `contains`, `glob`"
            return mistake.line == sheet.mappingLines[outer] && mistake.path == outer
                && mistake.message == (isPattern ? form : "`\(name)` is missing")
        case .misspelt:
            return mistake.line == sheet.keyLines[key] && mistake.path == outer
                && mistake.message == "`\(name)x` is not known here; did you mean `\(name)`?"
        case .ofAnotherType, .ofAnotherScalar:
            return mistake.line == sheet.keyLines[key] && mistake.path == key
                && mistake.message.hasPrefix("expected ")
        }
    }
}
