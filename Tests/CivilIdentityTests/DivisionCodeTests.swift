import CivilIdentity
import SeededRandom
import Testing

@Suite
struct DivisionCodeTests {
    @Test(arguments: [
        ("440700", "440703", true), ("440700", "440703001001", true), ("4407", "440703", true),
        ("440703", "440700", false), ("440703", "440704", false), ("440703001", "440703001001", true),
        ("440703000000", "440703001001", true), ("44", "440703001001", true), ("440000", "440700", true),
        ("441900", "441900003001", true), ("440703001001", "440703001001", true), ("341300", "320500", false),
        ("440703001001", "440703001", false),
    ])
    func containsIsAPrefixTestOverLevels(_ outer: String, _ inner: String, _ expected: Bool) throws {
        #expect(try DivisionCode(outer).contains(DivisionCode(inner)) == expected)
    }

    @Test(arguments: ["", "4", "440", "44070", "4407030", "44070300100", "4407030010011", "04", "44O7", " 4407", "４４"])
    func otherTextIsRefused(_ text: String) {
        #expect(throws: CivilIdentityError.self) { try DivisionCode(text) }
    }

    @Test
    func packedCodeOfACardIsRead() throws {
        #expect(try DivisionCode(bcd: [0x44, 0x07, 0x03]).rawValue == "440703")
        #expect(try DivisionCode(bcd: [0x44, 0x07, 0x03, 0x00, 0x10, 0x01]).rawValue == "440703001001")
        for wrong: [UInt8] in [[], [0xFF, 0xFF, 0xFF], [0x44, 0x0A, 0x03], [0x00, 0x00, 0x00], [0x44, 7, 3, 0]] {
            #expect(throws: CivilIdentityError.self) { try DivisionCode(bcd: wrong) }
        }
    }

    @Test(arguments: [("440700", "4407"), ("440000", "44"), ("440703", "440703"), ("440703001000", "440703001")])
    func levelsOfZeroesAtTheEndAreNotSignificant(_ text: String, _ significant: String) throws {
        #expect(try DivisionCode(text).significantDigits == significant)
    }

    @Test
    func randomTextIsRefusedOrContainsItself() {
        var random = SplitMix64(seed: 0xD171_0001)
        for _ in 0..<100_000 {
            let length = [2, 4, 6, 9, 12, random.below(20)][random.below(6)]
            let digits = (0..<length).map { _ in UInt8(0x30 + random.below(random.below(50) == 0 ? 20 : 4)) }
            guard let code = try? DivisionCode(String(decoding: digits, as: UTF8.self)) else { continue }
            #expect(code.contains(code))
            #expect(code.significantDigits.utf8.count >= 2)
        }
    }
}
