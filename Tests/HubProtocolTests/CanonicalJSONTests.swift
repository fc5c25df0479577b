import HubProtocol
import Testing

@Suite struct CanonicalJSONTests {
    private static let limits = CanonicalJSON.Limits(bytes: 1_024, depth: 3)

    @Test(
        arguments: [
            ("0", .integer(0)), ("-1", -1), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("true", true), ("false", false), ("\"\"", ""), ("[]", []),
            ("{}", [:]), ("[1,[2,[3]]]", [1, [2, [3]]]), ("{\"a\":1,\"b\":{\"c\":\"x\"}}", ["b": ["c": "x"], "a": 1]),
            ("{\"A\":1,\"a\":2,\"a.b\":3}", ["a.b": 3, "a": 2, "A": 1]),
            (#""\"\\\b\t\n\f\r\u0000\u001f/""#, "\"\\\u{8}\t\n\u{C}\r\u{0}\u{1F}/"),
            ("\"低保 𠮷 é e\u{301}\"", "低保 𠮷 é e\u{301}"),
        ] as [(String, CanonicalJSON)]
    )
    func hasOneForm(text: String, value: CanonicalJSON) throws {
        #expect(try value.encoded(limits: Self.limits) == Array(text.utf8))
        #expect(try CanonicalJSON(canonical: Array(text.utf8), limits: Self.limits) == value)
    }

    @Test(arguments: [
        "", " 1", "1 ", "01", "-0", "-", "+1", "1.0", "1e3", "9223372036854775808", "-9223372036854775809", "null",
        "True", "tru", "\"", "\"a", "'a'", "[1,]", "[,1]", "[1 ,2]", "[1", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "{\"\":1}", "{\"a b\":1}", "{\"é\":1}", "{\"a\": 1}", "\"\t\"",
        #""\/""#, #""\u0041""#, #""\u0008""#, #""\u001F""#, #""\u00e9""#, #""\x""#, #""\u00""#, "1true", "[[[[1]]]]",
    ])
    func refusesEveryOtherForm(text: String) {
        #expect(throws: CanonicalJSONError.self) {
            try CanonicalJSON(canonical: Array(text.utf8), limits: Self.limits)
        }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xEF, 0xBB, 0xBF, 0x31],
    ])
    func refusesBytesThatAreNotUTF8(bytes: [UInt8]) {
        #expect(throws: CanonicalJSONError.self) { try CanonicalJSON(canonical: bytes, limits: Self.limits) }
    }

    @Test func refusesWhatIsTooLongOrTooDeep() throws {
        let long = CanonicalJSON.string(String(repeating: "x", count: 1_024))
        let tooLong = #expect(throws: CanonicalJSONError.self) { try long.encoded(limits: Self.limits) }
        #expect(tooLong?.reason == .tooLong)
        let deep: CanonicalJSON = [[[[]]]]
        let tooDeep = #expect(throws: CanonicalJSONError.self) { try deep.encoded(limits: Self.limits) }
        #expect(tooDeep?.reason == .tooDeep)
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1_000)
        let parsed = #expect(throws: CanonicalJSONError.self) {
            try CanonicalJSON(canonical: bytes, limits: Self.limits)
        }
        #expect(parsed?.reason == .tooDeep)
    }

    @Test(arguments: ["", "a b", "é", String(repeating: "k", count: 65)])
    func refusesToEncodeOtherKeys(key: String) {
        let error = #expect(throws: CanonicalJSONError.self) {
            try CanonicalJSON.object([key: 1]).encoded(limits: Self.limits)
        }
        #expect(error?.reason == .key)
    }

    @Test func survivesRandomAndMutatedInput() {
        var random = SplitMix64(seed: 0x4A50_4E01)
        let seeds = [
            #"{"attributes":{"code":"pin.wrong","list":[1,-2,true]},"card":"c1:00","point":"desk-1"}"#,
            #"["低保\n","\u0001",{"a":{"b":[]}},9223372036854775807]"#,
        ].map { Array($0.utf8) }
        var accepted = 0
        for round in 0..<100_000 {
            let input = round % 4 == 0 ? random.bytes(random.below(24)) : random.mutation(of: seeds[round % 2])
            guard let value = try? CanonicalJSON(canonical: input, limits: .event) else { continue }
            accepted += 1
            #expect((try? value.encoded(limits: .event)) == input)
        }
        #expect(accepted > 1_000)
    }
}
