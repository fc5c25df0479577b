import Station
import Testing

@testable import KioskServer

@Suite
struct FailureTextTests {
    /// Areas whose failures a resident can meet; a failure of another area has the general text.
    private static let areas: Set = [
        "apdu", "atr", "card", "config", "identity", "journal", "key", "ledger", "number", "pcsc", "pin", "reader",
        "service", "tlv",
    ]
    /// Every code of those areas.
    static let codes = FailureCatalogue.all.map(\.code).filter { areas.contains(String($0.prefix { $0 != "." })) }

    @Test(arguments: codes, PageLanguage.allCases)
    func everyCodeHasItsOwnWordsAndAWayOn(_ code: String, _ language: PageLanguage) throws {
        let table = try Shared.table(language)
        let text = FailureText(code: code, table)
        #expect(text != FailureText(code: "no-such-area.code", table), "\(code) must not get the general text")
        for part in [text.title, text.text, text.next] {
            #expect(!part.isEmpty && !part.hasPrefix("failure."))
        }
    }

    @Test(arguments: ["", ".", "something.new", "no-dot", "..", "failure.title", "<script>"])
    func anyOtherCodeGetsTheGeneralText(_ code: String) throws {
        let table = try Shared.table(.chinese)
        #expect(FailureText(code: code, table).title == "暂时不能办理")
    }

    @Test(arguments: KioskError.Code.allCases.map(\.rawValue))
    func everyCodeOfTheServerIsInTheCatalogue(_ code: String) {
        #expect(FailureCatalogue.all.contains { $0.code == code })
    }

    @Test
    func noAreaIsWithoutCodes() {
        #expect(Set(Self.codes.map { String($0.prefix { $0 != "." }) }) == Self.areas)
    }

    @Test(arguments: PageLanguage.allCases)
    func inv26EveryTextHasAllThreeParts(_ language: PageLanguage) throws {
        let table = try Shared.table(language)
        let keys = table.texts.keys.filter { $0.hasPrefix("failure.") }
        let stems = Set(keys.map { $0.split(separator: ".").dropLast().joined(separator: ".") })
        #expect(keys.count == stems.count * 3)
    }
}
