import CivilIdentity
import SmartCard
import SocialCard
import Testing

@Suite
struct SocialCardPrivacyTests {
    @Test
    func descriptionsAndReflectionShowNothingOfAPersonINV19() throws {
        let card = try SocialCard.read(Samples.secondGeneration())
        let holder = try #require(card.holder)
        let code = try #require(card.identificationCode)
        var texts: [String] = []
        for value in [card, holder, code] as [any Sendable] {
            texts += ["\(value)", String(reflecting: value)]
            var dumped = ""
            dump(value, to: &dumped)
            texts.append(dumped)
        }
        for text in texts {
            for secret in ["9999", "张", "X000", "4407", "1940", "2010", "2030"] {
                #expect(!text.contains(secret))
            }
        }
        #expect("\(card)" == "social-security card of generation 2 (redacted, 0 warnings)")
    }

    @Test
    func identificationCodesAreComparedByBytes() {
        let code = IdentificationCode(bytes: Samples.identificationCode)
        #expect(code != nil)
        #expect(code == IdentificationCode(bytes: Samples.identificationCode))
        #expect(IdentificationCode(bytes: []) == nil)
        #expect(IdentificationCode(bytes: Array(repeating: 0, count: 16)) == nil)
        #expect(IdentificationCode(bytes: Array(repeating: 1, count: 17)) == nil)
    }
}
