import SeededRandom
import Testing
import YAMLFiles

@Suite
struct YAMLMappingTests {
    enum Colour: String, CaseIterable {
        case red
        case green
    }

    struct Refused: Error {}

    private static func decode<Value>(
        _ text: String,
        _ body: (YAMLMapping) -> Value?
    ) -> Result<Value, YAMLMistakes> {
        Result { () throws(YAMLMistakes) in try YAMLFile.decode(text, file: "f.yaml", body) }
    }

    private static func mistakes<Value>(_ text: String, _ body: (YAMLMapping) -> Value?) -> [String] {
        switch decode(text, body) {
        case .success: []
        case .failure(let mistakes): mistakes.mistakes.map(\.description)
        }
    }

    @Test
    func choiceIsOneCaseByItsText() throws {
        #expect(try Self.decode("a: red") { $0.choice("a", of: Colour.self) }.get() == .red)
        #expect(
            Self.mistakes("a: gren") { $0.choice("a", of: Colour.self) }
                == ["f.yaml:1: a: expected one of `red`, `green`; did you mean `green`?"]
        )
    }

    @Test
    func valueIsParsedByTheCaller() throws {
        let good = Self.decode("a: 0x10") { $0.value("a", expected: "hex") { Int($0.dropFirst(2), radix: 16) } }
        #expect(try good.get() == 16)
        let refused = Self.mistakes("a: b") { top -> Int? in
            top.value("a", expected: "something else") { _ in throw Refused() }
        }
        #expect(refused == ["f.yaml:1: a: expected something else"])
        #expect(
            Self.mistakes("a: [b]") { $0.value("a", expected: "hex") { $0 } } == [
                "f.yaml:1: a: expected hex, found a list"
            ]
        )
        #expect(
            Self.mistakes("a:") { $0.value("a", expected: "hex") { $0 } } == [
                "f.yaml:1: a: expected hex, found nothing"
            ]
        )
    }

    @Test
    func optionalGettersGiveNothingForWhatIsLeftOut() throws {
        let found = try Self.decode("b: 1") { top -> [Bool]? in
            let absent = [
                top.optionalString("a") == nil, top.optionalInteger("a", in: 0...1) == nil,
                top.optionalMapping("a") == nil, top.optionalValue("a", expected: "x") { $0 } == nil,
                top.optionalList("a") { $0 }?.isEmpty == true, top.choice("a", default: Colour.green) == .green,
                !top.has("a"), top.has("b"),
            ]
            return absent
        }.get()
        #expect(found.allSatisfy { $0 })
    }

    @Test
    func eitherIsAWordOrAMapping() throws {
        let read = { (top: YAMLMapping) in
            top.either("a", texts: ["unknown"], fromText: { _ in -1 }, fromMapping: { $0.integer("value", in: 0...9) })
        }
        #expect(try Self.decode("a: unknown", read).get() == -1)
        #expect(try Self.decode("a: { value: 7 }", read).get() == 7)
        #expect(Self.mistakes("a: unknwon", read) == ["f.yaml:1: a: expected `unknown` or a mapping"])
        #expect(Self.mistakes("a: { valu: 7 }", read).count == 2)
    }

    @Test
    func entriesHaveKeysThatAreData() throws {
        let read = { (top: YAMLMapping) in top.entries("a") { name, entry in entry.string("x").map { name + $0 } } }
        #expect(try Self.decode("a: { k: { x: v }, l: { x: w } }", read).get() == ["k": "kv", "l": "lw"])
        #expect(Self.mistakes("a: { k: { x: v }, l: w }", read) == ["f.yaml:1: a.l: expected a mapping, found a text"])
    }

    @Test
    func valuesAreAListParsedByTheCaller() throws {
        let read = { (top: YAMLMapping) in top.values("a", count: 1...3, expected: "a number") { Int($0) } }
        #expect(try Self.decode("a: [1, 2]", read).get() == [1, 2])
        #expect(Self.mistakes("a: [1, x, y]", read).count == 2)
        #expect(Self.mistakes("a: [1, 2, 3, 4]", read).count == 1)
    }

    @Test
    func mistakesOfMeaningStandAtTheirPlace() {
        let mistakes = Self.mistakes("a: 1\nb:\n  c: 2") { top -> Int? in
            _ = top.integer("a", in: 0...9)
            let inner = top.mapping("b")
            _ = inner?.integer("c", in: 0...9)
            inner?.note("no good", at: "c")
            inner?.note("not this way")
            top.note("nor that", at: "zzz")
            return 1
        }
        #expect(
            mistakes == [
                "f.yaml:1: zzz: nor that", "f.yaml:3: b.c: no good", "f.yaml:3: b: not this way",
            ]
        )
    }

    @Test
    func randomAndMutatedFilesAreRefusedOrDecodedAndNeverTrap() {
        var random = SplitMix64(seed: 0x9A41_0001)
        let valid = Array(YAMLFileTests.valid.utf8)
        let alphabet = Array("abz019:-?[]{},&*!|>'\"%@`#~ \t\n\n  \\".utf8)
        var decoded = 0
        for round in 0..<100_000 {
            var bytes: [UInt8]
            if round % 2 == 0 {
                bytes = (0..<random.below(40)).map { _ in
                    random.below(20) == 0 ? UInt8(random.below(256)) : alphabet[random.below(alphabet.count)]
                }
            } else {
                bytes = valid
                for _ in 0...random.below(4) {
                    let position = random.below(bytes.count)
                    switch random.below(4) {
                    case 0: bytes[position] = UInt8(random.below(256))
                    case 1: bytes[position] = alphabet[random.below(alphabet.count)]
                    case 2: bytes.remove(at: position)
                    default: bytes.insert(alphabet[random.below(alphabet.count)], at: position)
                    }
                }
            }
            do throws(YAMLMistakes) {
                _ = try YAMLFile.decode(bytes: bytes, file: "f", YAMLFileTests.station)
                decoded += 1
            } catch {
                #expect((1...YAMLMistakes.countMax).contains(error.mistakes.count))
            }
        }
        #expect(decoded > 1_000)
    }
}
