import Foundation
import Testing
import YAMLFiles

@Suite
struct YAMLFileTests {
    struct Station: Equatable {
        var name: String
        var readers: [Reader]
        var port: Int
        var isOpen: Bool
        var languages: [String]
    }

    struct Reader: Equatable {
        var name: String
        var slots: Int
    }

    static let valid = """
        name: Example
        port: 8440
        languages: [zh, en]
        readers:
          - name: First
            slots: 2
          - name: "Second"
        """

    static func decode(_ text: String) throws(YAMLMistakes) -> Station {
        try YAMLFile.decode(text, file: "station.yaml", Self.station)
    }

    static func station(_ top: YAMLMapping) -> Station? {
        let name = top.string("name", lengthMax: 20)
        let port = top.integer("port", in: 1...65_535, default: 80)
        let isOpen = top.boolean("open", default: true)
        let languages = top.strings("languages", default: ["zh"], oneOf: ["zh", "en"])
        let readers = top.list("readers", count: 1...3) { entry -> Reader? in
            let name = entry.string("name")
            let slots = entry.integer("slots", in: 1...4, default: 1)
            return name.map { Reader(name: $0, slots: slots) }
        }
        guard let name, let readers else { return nil }
        return Station(name: name, readers: readers, port: port, isOpen: isOpen, languages: languages)
    }

    static func mistakes(_ text: String) -> [String] {
        do {
            _ = try decode(text)
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    @Test
    func validFileIsDecodedWithItsDefaults() throws {
        let station = try Self.decode(Self.valid)
        #expect(station.readers == [Reader(name: "First", slots: 2), Reader(name: "Second", slots: 1)])
        #expect(station.port == 8_440)
        #expect(station.isOpen)
        #expect(station.languages == ["zh", "en"])
    }

    @Test
    func everyMistakeIsReportedAtOnceWithFileLineAndPath() {
        let text = """
            name: 12
            prot: 8440
            open: yes
            readers:
              - nam: First
                slots: 9
              - name: [a]
                slots: "2"
            languages: [zh, de]
            """
        #expect(
            Self.mistakes(text) == [
                "station.yaml:1: name: expected a text, found a number; put a text into quotes",
                "station.yaml:2: `prot` is not known here; did you mean `port`?",
                "station.yaml:3: open: expected true or false, without quotes",
                "station.yaml:5: readers[0]: `name` is missing",
                "station.yaml:5: readers[0]: `nam` is not known here; did you mean `name`?",
                "station.yaml:6: readers[0].slots: expected a whole number of 1...4",
                "station.yaml:7: readers[1].name: expected a text, found a list",
                "station.yaml:8: readers[1].slots: expected a whole number of 1...4, without quotes",
                "station.yaml:9: languages[1]: expected one of `zh`, `en`",
            ]
        )
    }

    @Test(arguments: [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("- a\n- b", "expected a mapping at the top, found a list"),
        ("text", "expected a mapping at the top, found a text"),
        ("name: a\nname: b", "a key stands more than once: `name`"),
        ("name: a\n\"name\": b", "a key stands more than once: `name`"),
        ("name: a\n---\nname: b", "found another document"),
        ("name: [a", "not YAML"),
        ("name: a\n\tport: 1", "not YAML"),
        ("name: \"a", "not YAML"),
        ("name: a\u{7}b", "not YAML"),
        ("? [a]\n: b", "a key is a text"),
        ("? {a: b}\n: b", "a key is a text"),
        ("'': b", "a key is a text"),
        ("name: Example\nreaders: []", "expected a list of 1...3 elements, found 0"),
        ("name: Example\nreaders: {}", "expected a list, found a mapping"),
        ("name:\nreaders: [{name: a}]", "expected a text, found nothing"),
        ("name: ''\nreaders: [{name: a}]", "expected a text of 1...20 characters"),
        ("name: aaaaaaaaaaaaaaaaaaaaa\nreaders: [{name: a}]", "expected a text of 1...20 characters"),
        ("name: a\nport: 08\nreaders: [{name: a}]", "expected a whole number of 1...65535, without quotes"),
        ("name: a\nport: 1e3\nreaders: [{name: a}]", "expected a whole number of 1...65535, without quotes"),
        ("name: a\nport: 99999999999999999999\nreaders: [{name: a}]", "expected a whole number"),
        ("name: a\nport: 0x50\nreaders: [{name: a}]", "expected a whole number"),
        ("<<: a\nname: a\nreaders: [{name: a}]", "`<<` is not known here"),
    ])
    func malformedFileIsRefused(_ text: String, _ message: String) {
        let mistakes = Self.mistakes(text)
        #expect(mistakes.contains { $0.contains(message) }, "\(mistakes)")
    }

    @Test(arguments: [
        "yes", "No", "on", "OFF", "True", "null", "~", "1", "-1.5", "1e3", "0x1F", "0o17", ".inf", "00", "y",
    ])
    func textThatReadsAsSomethingElseNeedsQuotes(_ word: String) {
        #expect(Self.mistakes("name: \(word)\nreaders: [{name: a}]").count == 1)
        #expect(Self.mistakes("name: '\(word)'\nreaders: [{name: a}]").isEmpty)
    }

    @Test(arguments: ["2014-01-08", "12:30", "1.2.3", "abc", "a1", "1a", "-x", "e5", "0xG", "0o8", "江门市", "1_000"])
    func plainTextNeedsNoQuotes(_ word: String) throws {
        #expect(try Self.decode("name: \(word)\nreaders: [{name: a}]").name == word)
    }

    @Test(arguments: [
        "name: &a b", "name: *a", "name: !!str b", "&a name: b", "!x\nname: b", "- *a", "- &a b", "a: [*b]",
        "a: [ &b c]",
        "a: {b: *c}", "a: {b: &c d}", "a: {\"b\":*c}", "a: {b: c,*d : e}", "? *a\n: b", "? &a b\n: c", "--- &a\nb: c",
        "a: \n  &b c", "a:\r  *b", "a: |\n  x\nb: *c", "a:\u{85}*b", "\u{FEFF}*a: b", "{:*a}", "{k :*a}", "[?*a : b]",
        "a: !<tag:yaml.org,2002:str> b", "a: ! b",
    ])
    func anchorsAliasesAndTagsAreRefused(_ text: String) {
        let mistakes = Self.mistakes(text)
        #expect(mistakes.contains { $0.contains("anchors, aliases and tags") }, "\(mistakes)")
    }

    @Test(arguments: ["rock & roll", "2 * 3", "a*b", "a&b", "x!", "a:*b", "a - b", "\"*\"", "'& more'", "A? *"])
    func sameCharactersInsideATextAreAllowed(_ text: String) {
        #expect(Self.mistakes("name: \(text)\nreaders: [{name: a}]").isEmpty)
    }

    @Test
    func manyAliasesCostNothing() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...30 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        text += "? *a30\n: b\n"
        #expect(Self.mistakes(text).count == 1)
    }

    @Test
    func fileLargerThanTheLimitIsRefused() {
        let filler = String(repeating: "#", count: YAMLFile.bytesMax)
        #expect(Self.mistakes(Self.valid + "\n" + filler).first?.contains("larger than") == true)
        let bytes = Array((Self.valid + "\n" + filler).utf8)
        #expect(throws: YAMLMistakes.self) { try YAMLFile.decode(bytes: bytes, file: "f", Self.station) }
    }

    @Test
    func fileThatIsNotUTF8IsRefused() {
        #expect(throws: YAMLMistakes.self) {
            try YAMLFile.decode(bytes: Array("name: ".utf8) + [0xFF, 0xFE], file: "f", Self.station)
        }
    }

    @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", "")], [17, 990, 5_000, 100_000])
    func deepNestingIsRefused(_ bracket: (String, String), _ depth: Int) {
        let text =
            "name: " + (bracket.0 == "- " ? "\n  " : "") + String(repeating: bracket.0, count: depth)
            + String(repeating: bracket.1, count: depth)
        let mistakes = Self.mistakes(text)
        #expect(mistakes.contains { $0.contains("more than 16 levels") || $0.contains("not YAML") }, "\(mistakes)")
    }

    @Test
    func mistakesAreBoundedInNumber() {
        let text = (0..<1_000).map { "unknown\($0): 1" }.joined(separator: "\n")
        #expect(Self.mistakes(text).count == YAMLMistakes.countMax)
    }

    @Test
    func fileIsReadFromDisk() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("yaml-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(Self.valid.utf8).write(to: url)
        #expect(try YAMLFile.read(url.path, Self.station).name == "Example")
        #expect(throws: YAMLMistakes.self) { try YAMLFile.read(url.path + ".missing", Self.station) }
        #expect(throws: YAMLMistakes.self) {
            try YAMLFile.read(FileManager.default.temporaryDirectory.path, Self.station)
        }
    }

    @Test
    func bodyThatGivesNothingWithoutAMistakeIsAMistake() {
        #expect(throws: YAMLMistakes.self) {
            try YAMLFile.decode("name: a", file: "f") { top -> Int? in
                _ = top.string("name")
                return nil
            }
        }
    }
}
