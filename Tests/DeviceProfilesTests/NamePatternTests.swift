import DeviceProfiles
import SeededRandom
import Testing

@Suite
struct NamePatternTests {
    @Test(arguments: [
        (NamePattern.prefix("OneCard"), "OneCard Simulator Contact 00 00", true),
        (.prefix("OneCard"), "onecard", false), (.prefix("OneCard"), "One", false), (.prefix("a"), "", false),
        (.contains("SAM"), "Reader SAM 00 01", true), (.contains("SAM"), "SAM", true), (.contains("SAM"), "SA", false),
        (.contains("SAM"), "SSAM", true), (.contains("读卡"), "某读卡器", true), (.contains("a*"), "aa", false),
        (.glob("*"), "", true), (.glob("*"), "anything/at all", true), (.glob(""), "", true), (.glob(""), "a", false),
        (.glob("/dev/ttyS?"), "/dev/ttyS0", true), (.glob("/dev/ttyS?"), "/dev/ttyS10", false),
        (.glob("/dev/ttyS*"), "/dev/ttyS10", true), (.glob("* 01"), "Reader 00 01", true),
        (.glob("* 01"), "Reader 01 00", false), (.glob("a*b*c"), "a-b-b-c", true), (.glob("a*b*c"), "a-c-b", false),
        (.glob("a.c"), "abc", false), (.glob("[ab]"), "a", false), (.glob("a**"), "a", true),
    ])
    func patternsFitAsTheySay(_ pattern: NamePattern, _ name: String, _ fits: Bool) {
        #expect(pattern.matches(name) == fits)
    }

    @Test(arguments: [(NamePattern.glob("*"), 0), (.glob("/dev/tty?*"), 8), (.prefix("a*"), 2), (.contains("SAM"), 3)])
    func patternFixesItsLiteralBytes(_ pattern: NamePattern, _ count: Int) {
        #expect(pattern.literalCount == count)
    }

    @Test
    func randomPatternsFitAsASimpleModelSays() {
        var random = SplitMix64(seed: 0x9A77_0001)
        func word(_ letters: [Character], _ lengthMax: Int) -> String {
            String((0..<random.below(lengthMax + 1)).map { _ in letters[random.below(letters.count)] })
        }
        var fitting = 0
        for _ in 0..<50_000 {
            let pattern = word(["a", "b", "*", "?"], 8)
            let name = word(["a", "b"], 10)
            let expected = fits(Array(pattern.utf8)[...], Array(name.utf8)[...])
            #expect(NamePattern.glob(pattern).matches(name) == expected, "\(pattern) \(name)")
            fitting += expected ? 1 : 0
        }
        #expect((5_000...45_000).contains(fitting))
    }

    @Test
    func longestPatternOfStarsAgainstALongNameEnds() {
        let pattern = String(repeating: "*a", count: NamePattern.bytesMax / 2) + "b"
        #expect(!NamePattern.glob(pattern).matches(String(repeating: "a", count: 4_096)))
    }

    /// The definition, without regard to time.
    private func fits(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        switch first {
        case UInt8(ascii: "*"):
            return fits(pattern.dropFirst(), name) || !name.isEmpty && fits(pattern, name.dropFirst())
        case UInt8(ascii: "?"): return !name.isEmpty && fits(pattern.dropFirst(), name.dropFirst())
        default: return name.first == first && fits(pattern.dropFirst(), name.dropFirst())
        }
    }
}
