import Foundation
import Testing

@testable import KioskServer

@Suite
struct StringTableTests {
    private let chinese: StringTable
    private let english: StringTable

    init() throws {
        chinese = try Shared.table(.chinese)
        english = try Shared.table(.english)
    }

    @Test
    func bothLanguagesHaveTheSameKeys() {
        #expect(Set(chinese.texts.keys) == Set(english.texts.keys))
    }

    @Test
    func bothLanguagesFillInTheSameNames() {
        for (key, text) in chinese.texts {
            #expect(names(text) == names(english.texts[key] ?? ""), "\(key)")
        }
    }

    @Test
    func chineseTextIsPunctuatedAsChinese() {
        for (key, text) in chinese.texts where !key.hasPrefix("date.") && !key.hasPrefix("language.") {
            #expect(!text.contains(where: { ",;:?!".contains($0) }), "\(key)")
        }
    }

    @Test
    func everyTextIsUsedAndEveryUsedTextIsThere() throws {
        var used = Set(
            KioskAssets.templates.flatMap { template in
                String(decoding: template.bytes, as: UTF8.self).matches(of: /\[\[([^\]]*)\]\]/).map { String($0.1) }
            }
        )
        for source in try sources() {
            used.formUnion(source.matches(of: /"([a-z]+[a-z0-9.-]*\.[a-zA-Z0-9.-]+)"/).map { String($0.1) })
        }
        let families = [
            "failure.", "reason.", "state.", "payment.", "period.", "date.month-name.", "shell.", "pin.", "data.",
        ]
        let unused = chinese.texts.keys.filter { key in
            !used.contains(key) && !families.contains { key.hasPrefix($0) }
        }
        #expect(unused.isEmpty, "\(unused.sorted())")
        let templates = try PageTemplates()
        #expect(templates.tables.count == 2, "a key that is missing for a template would have thrown")
    }

    @Test(arguments: [
        ("a: \"b\"\n", [String]()), ("# c\n\na: \"b\"\n", []), ("a: b\n", ["f:1"]), ("a: \"b\nc: \"d\"\n", ["f:1"]),
        ("a: \"b\"\na: \"c\"\n", ["f:2"]), ("a b: \"c\"\n\"x\"\n", ["f:1", "f:2"]), ("a: \"\"\n", ["f:1"]),
        ("a: \"b\\n\"\n", ["f:1"]), (" a: \"b\"\n", ["f:1"]), ("a: \"b\" # c\n", ["f:1"]),
        ("a: \"\(String(repeating: "b", count: 201))\"\n", ["f:1"]), ("a:\"b\"\n", ["f:1"]),
    ])
    func everyMistakeIsReportedWithItsLine(_ text: String, _ places: [String]) {
        do {
            _ = try StringTable(.english, files: [StringFile(name: "f", bytes: Array(text.utf8))])
            #expect(places.isEmpty)
        } catch {
            #expect(error.code == .texts)
            let found = error.message.components(separatedBy: "; ").map {
                $0.split(separator: ":").prefix(2).joined(separator: ":")
            }
            #expect(found == places)
        }
    }

    @Test
    func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: KioskError.self) {
            try StringTable(.english, files: [StringFile(name: "f", bytes: [0x61, 0x3A, 0x20, 0x22, 0xFF, 0x22])])
        }
    }

    @Test
    func hostileBytesNeverTrap() async {
        var random = SplitMix64(seed: 0x5712_1195)
        let valid = Array("# c\nkey.one: \"text {{name}}\"\nkey-2: \"文字\"\n".utf8)
        for round in 0..<100_000 {
            // Tests with deadlines run beside this one.
            if round.isMultiple(of: 500) { await Task.yield() }
            let bytes = round.isMultiple(of: 2) ? random.bytes(upTo: 30) : random.mutated(valid)
            var mistakes: [String] = []
            _ = StringFile(name: "f", bytes: bytes).entries(&mistakes)
        }
    }

    private func names(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{\{([A-Za-z]+)\}\}/).map { String($0.1) })
    }

    private func sources() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/KioskServer").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }
    }
}
