import SeededRandom
import SmartCard
import Testing

@testable import SocialCard

/// The texts between a station and its back office (PROTOCOLS.md 1.8b).
@Suite
struct AuthenticationTextTests {
    private static let internalDigits = "0011223344556677AABBCCDDEEFF0011"
    private static let externalDigits = "8899aabbccddeeff0102030405060708"

    @Test
    func stepOneHasNineClosedFields() throws {
        let card = try Samples.thirdGeneration()
        guard case .closed(_, let challenge) = try SocialCard.open(card) else {
            Issue.record("the holder's file is closed")
            return
        }
        let text =
            "440700|00810088378665440700000001|03|440700D1560000050000000100000000|"
            + "0202020202020202|0101010101010101|0404040404040404|0303030303030303|440703000001|"
        #expect(challenge.text(terminal: "440703000001") == text)
        #expect(challenge.text(terminal: "440703000001", endsWithExtraBar: true) == text + "|")
        // The card's own answer stays here.
        #expect(!text.contains("A1A2"))
    }

    @Test(arguments: ["", "|", "\n", "|\n"])
    func answerOfTheBackOfficeIsTaken(_ end: String) throws {
        let text = "\(Self.internalDigits)|\(Self.externalDigits)|\(end)"
        let answer = try AuthenticationAnswer(text: text.utf8)
        #expect(answer.internalResult == hex("0011223344556677"))
        #expect(answer.externalResult == hex("8899AABBCCDDEEFF"))
        #expect(answer.externalSource == hex("0102030405060708"))
    }

    @Test(arguments: [
        "", "|", "||", "\(internalDigits)|", "\(internalDigits)|\(externalDigits)", "|\(externalDigits)|",
        "\(internalDigits)\(externalDigits)||", "\(internalDigits)|\(externalDigits.dropLast())|",
        "\(internalDigits)|\(externalDigits.dropLast())G|", " \(internalDigits)|\(externalDigits)|",
        "\(internalDigits)|\(externalDigits)|\n|", "\(internalDigits)|\(externalDigits)|||",
        "\(internalDigits)|\(externalDigits)| ", "\(internalDigits)0|\(externalDigits)|", "-25",
    ])
    func everythingElseIsMalformed(_ text: String) {
        let error = #expect(throws: SocialCardError.self) { try AuthenticationAnswer(text: text.utf8) }
        #expect(error?.code == .hsmAnswerMalformed)
        #expect(error.map { !"\($0)".contains("0011") } == true)
    }

    @Test
    func twoHundredThousandAnswersAreTakenExactlyOrRefused() {
        let valid = Array("\(Self.internalDigits)|\(Self.externalDigits)|".utf8)
        var random = SplitMix64(seed: 21)
        var taken = 0
        for round in 0..<200_000 {
            let text = round.isMultiple(of: 4) ? random.bytes(upTo: 80) : random.mutation(of: valid)
            guard let answer = try? AuthenticationAnswer(text: text) else { continue }
            taken += 1
            let written = Hexadecimal.string(answer.externalResult + answer.externalSource)
            guard String(decoding: text[33..<65], as: UTF8.self).uppercased() == written,
                answer.internalResult?.count == 8, text.count <= AuthenticationAnswer.textLimit
            else {
                Issue.record("round \(round) of seed 21")
                return
            }
        }
        #expect(taken > 1_000)
    }

    @Test(arguments: [(7, 8, 8), (8, 7, 8), (8, 8, 9), (0, 8, 8)])
    func answersHaveEightBytesInEachPart(_ own: Int, _ result: Int, _ source: Int) {
        let bytes = { (count: Int) in [UInt8](repeating: 1, count: count) }
        let answer = AuthenticationAnswer(
            internalResult: bytes(own),
            externalResult: bytes(result),
            externalSource: bytes(source)
        )
        #expect(answer == nil)
    }

    @Test
    func nothingOfThePersonIsDescribed() throws {
        guard case .closed(let data, let challenge) = try SocialCard.open(try Samples.thirdGeneration()) else {
            Issue.record("the holder's file is closed")
            return
        }
        let answer = try AuthenticationAnswer(text: "\(Self.internalDigits)|\(Self.externalDigits)|".utf8)
        let command = PINResetCommand(
            action: .reload,
            algorithm: .sm4,
            factors: challenge.factors,
            initialVector: hex("4407004407004407")
        )
        for value in [data, challenge, challenge.factors, answer, command] as [any Sendable] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(text.contains("redacted"))
                for secret in ["4407", "0011", "8899", "68, 7", "0x44"] {
                    #expect(!text.contains(secret))
                }
            }
        }
    }
}
