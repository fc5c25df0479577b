import Testing

@testable import KioskServer

@Suite
struct FailureTextTests {
    /// Every code that a resident can meet; those of an area without own texts get the ones of their area.
    static let codes = [
        "identity.card-expired", "identity.card-not-yet-valid", "identity.card-temp-lost",
        "identity.card-formally-lost",
        "identity.card-cancelled", "identity.card-replaced", "identity.card-inactive", "identity.check-digit",
        "identity.unknown-resident", "identity.card-not-in-ledger", "identity.card-mismatch",
        "identity.record-incomplete",
        "identity.clock-behind-ledger", "identity.generation-unsupported", "card.absent", "card.removed", "card.mute",
        "card.reset", "card.communication", "card.protocol-unsupported", "card.not-social-security",
        "card.file-missing",
        "card.record-malformed", "card.refused", "card.needs-authentication", "pin.wrong", "pin.blocked",
        "pin.tries-unknown", "pin.last-try", "pin.length", "pin.unsupported", "reader.not-found", "reader.ambiguous",
        "reader.unplugged", "reader.timeout", "reader.sharing-violation", "pcsc.service-not-running",
        "pcsc.service-not-answering", "pcsc.protocol-mismatch", "pcsc.access-denied", "pcsc.no-readers", "pcsc.failure",
        "ledger.truncated", "ledger.tampered", "ledger.signature", "ledger.older", "ledger.foreign-division",
        "ledger.key-unknown", "ledger.format", "ledger.too-large", "ledger.damaged", "ledger.missing", "ledger.storage",
        "journal.storage", "journal.broken-chain", "service.not-running", "service.failure", "service.storage",
        "apdu.malformed", "apdu.response-loop", "atr.malformed", "tlv.malformed", "key.missing", "config.invalid",
    ]

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

    @Test(arguments: PageLanguage.allCases)
    func inv26EveryTextHasAllThreeParts(_ language: PageLanguage) throws {
        let table = try Shared.table(language)
        let keys = table.texts.keys.filter { $0.hasPrefix("failure.") }
        let stems = Set(keys.map { $0.split(separator: ".").dropLast().joined(separator: ".") })
        #expect(keys.count == stems.count * 3)
    }
}
