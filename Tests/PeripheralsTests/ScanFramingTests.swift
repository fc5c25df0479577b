import Peripherals
import SeededRandom
import Testing

@Suite
struct ScanFramingTests {
    private func framing(
        _ suffix: ScanRules.Suffix,
        prefix: String = "",
        lengthMax: Int = 8
    ) throws -> ScanFraming {
        ScanFraming(rules: try ScanRules(suffix: suffix, prefix: Array(prefix.utf8), lengthMax: lengthMax))
    }

    private func code(_ text: String) throws -> ScannerEvent { .code(try ScannedCode(Array(text.utf8))) }

    @Test(arguments: [
        (ScanRules.Suffix.cr, "ab\rc\r", ["ab", "c"]),
        (.cr, "ab\r\nc\r\n", ["ab", "c"]),
        (.cr, "a\nb\r", ["a\nb"]),
        (.lf, "ab\nc\n", ["ab", "c"]),
        (.lf, "ab\r\n", ["ab\r"]),
        (.crlf, "ab\r\nc\r\n", ["ab", "c"]),
        (.crlf, "a\rb\r\n", ["a\rb"]),
        (.crlf, "a\r\r\n", ["a\r"]),
        (.crlf, "12345678\r\n", ["12345678"]),
        (.cr, "\r\r", []),
    ])
    func suffixesEndCodes(_ suffix: ScanRules.Suffix, _ bytes: String, _ codes: [String]) throws {
        let expected = try codes.map(code)
        var whole = try framing(suffix)
        #expect(whole.take(bytes.utf8, at: .zero) == expected)
        var pieces = try framing(suffix)
        #expect(bytes.utf8.flatMap { pieces.take([$0], at: .zero) } == expected)
        #expect(pieces.deadline == nil)
    }

    @Test
    func silenceEndsACode() throws {
        var framing = try framing(.idle)
        #expect(framing.take("ab".utf8, at: .milliseconds(100)) == [])
        #expect(framing.deadline == .milliseconds(150))
        #expect(framing.tick(at: .milliseconds(149)) == [])
        #expect(framing.take("c\r".utf8, at: .milliseconds(149)) == [])
        #expect(framing.tick(at: .milliseconds(199)) == [try code("abc\r")])
        #expect(framing.tick(at: .seconds(9)) == [])
        // Bytes behind a silence that nobody noticed begin a new code.
        #expect(framing.take("d".utf8, at: .seconds(10)) == [])
        #expect(framing.take("e".utf8, at: .seconds(11)) == [try code("d")])
    }

    @Test
    func aCodeWithoutItsSuffixIsTorn() throws {
        var framing = try framing(.cr)
        #expect(framing.take("ab".utf8, at: .zero) == [])
        #expect(framing.take("cd\r".utf8, at: .seconds(1)) == [.failure(.scannerTorn), try code("cd")])
    }

    @Test(arguments: [ScanRules.Suffix.cr, .lf, .crlf])
    func aCodeThatIsTooLongIsDroppedUpToItsEnd(_ suffix: ScanRules.Suffix) throws {
        let end = ["cr": "\r", "lf": "\n", "crlf": "\r\n"][suffix.rawValue, default: ""]
        var framing = try framing(suffix)
        let bytes = "123456789012345678901" + end + "ab" + end
        #expect(framing.take(bytes.utf8, at: .zero) == [.failure(.scannerTooLong), try code("ab")])
    }

    @Test
    func thePrefixIsDroppedAndRequired() throws {
        var framing = try framing(.cr, prefix: "~~")
        let events = framing.take("~~ab\rab\r~~\r~\r".utf8, at: .zero)
        let malformed = ScannerEvent.failure(.scannerMalformed)
        #expect(events == [try code("ab"), malformed, malformed, malformed])
    }

    @Test
    func aLostCharacterSpoilsTheCode() throws {
        var framing = try framing(.cr)
        #expect(framing.take("a".utf8, at: .zero) == [])
        #expect(framing.noteLoss(at: .zero) == [])
        #expect(framing.take("b\rc\r".utf8, at: .zero) == [.failure(.scannerGarbled), try code("c")])
        #expect(framing.noteLoss(at: .zero) == [])
        #expect(framing.tick(at: .seconds(1)) == [.failure(.scannerGarbled)])
    }

    @Test(arguments: [("", 0, 50), ("", 2_954, 50), ("ab", 2, 50), ("a\r", 8, 50), ("", 8, 9), ("", 8, 5_001)])
    func rulesOutOfTheirBoundsAreRefused(_ prefix: String, _ lengthMax: Int, _ idle: Int) {
        let error = #expect(throws: PeripheralError.self) {
            try ScanRules(
                suffix: .cr,
                prefix: Array(prefix.utf8),
                lengthMax: lengthMax,
                idle: .milliseconds(idle)
            )
        }
        #expect(error?.code == .scannerProfile)
    }

    /// 100,000 lines at random: every code fits its rules, and every event has bytes of its own.
    @Test
    func anyBytesGiveCodesWithinTheRules() throws {
        var random = SplitMix64(seed: 31)
        var codes = 0
        for round in 0..<100_000 {
            let suffix = ScanRules.Suffix.allCases[random.below(4)]
            var framing = try framing(suffix, prefix: random.below(4) == 0 ? "a" : "")
            let valid = Array("abc\r\nade\r\na12345678\r\n".utf8)
            let bytes = round.isMultiple(of: 2) ? random.mutation(of: valid) : random.bytes(upTo: 40)
            var now = Duration.zero
            var events: [ScannerEvent] = []
            for byte in bytes {
                now += .milliseconds(random.below(20) == 0 ? 60 : 1)
                events += random.below(50) == 0 ? framing.noteLoss(at: now) : framing.take([byte], at: now)
            }
            events += framing.tick(at: now + .seconds(1))
            let sizes = events.compactMap { event -> Int? in
                guard case .code(let code) = event else { return nil }
                return code.revealed.count
            }
            codes += sizes.count
            guard events.count <= bytes.count, sizes.allSatisfy({ (1...8).contains($0) }), framing.deadline == nil
            else {
                Issue.record("round \(round) of seed 31")
                return
            }
        }
        #expect(codes > 50_000)
    }
}
