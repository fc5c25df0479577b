import CivilIdentity
import Foundation
import HubProtocol
import Personas
import SmartCard
import SocialCard
import Testing
import VirtualCard

/// The card files of the checkout.
enum ShippedCards: Sendable {
    static let simulators = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let directory = simulators.appending(path: "Cards").path

    /// Every persona; empty when a file has a mistake, which a test of its own reports.
    static let personas = (try? PersonaCatalogue(directory: directory))?.personas ?? []
}

@Suite
struct ShippedCardsTests {
    @Test
    func everyCardFileIsWithoutMistakes() throws {
        let catalogue = try PersonaCatalogue(directory: ShippedCards.directory)
        #expect(catalogue.personas.count >= 24)
    }

    @Test(arguments: [
        "resident-dibao-elder", "resident-unemployed", "resident-no-benefit", "resident-wubao", "resident-youfu",
        "resident-temporary-aid", "returned-payment", "suspended-benefit", "tapering", "unknown-policy-value",
        "card-temp-lost", "card-formally-lost", "card-cancelled", "card-replaced", "card-replacement", "card-expired",
        "card-not-in-ledger", "resident-unknown", "card-cloned", "card-mismatch-number", "number-check-digit-wrong",
        "pin-one-try-left", "pin-blocked", "pin-unknown-tries", "name-rare-character", "name-split",
        "legacy-ascii-dates", "generation-1", "generation-3", "generation-3-3des", "generation-3-clone",
        "not-social-security", "card-torn-while-reading",
        "card-mute", "card-garbage", "card-endless-61", "name-empty",
    ])
    func personaThatOthersCountOnIsThere(_ name: String) {
        #expect(ShippedCards.personas.contains { $0.name == name })
    }

    @Test(arguments: ShippedCards.personas)
    func numbersAreSynthetic(_ persona: Persona) {
        #expect(persona.card.holder.citizenNumber.hasPrefix("999999"))
        if case .resident(let entry) = persona.ledger {
            #expect(entry.citizenNumber.isSynthetic)
        }
    }

    @Test(arguments: ShippedCards.personas)
    func cardReadsAsItsFileExpects(_ persona: Persona) throws {
        let channel = DirectChannel(persona)
        let code = persona.expectation.code ?? ""
        let isRefusedByReading = ["card.not-", "card.record", "card.file", "apdu."].contains { code.hasPrefix($0) }
        do {
            let data = try SocialCard.read(channel)
            #expect(!isRefusedByReading, "expected \(code)")
            #expect(data.warnings.map(\.rawValue) == persona.expectation.warnings)
            #expect(data.generation.rawValue == persona.card.generation)
        } catch let error as SocialCardError {
            #expect(error.code.rawValue == code)
        } catch let error as SmartCardError {
            #expect(error.code.rawValue == code)
        }
    }

    @Test
    func cloneHasEverythingOfItsModelButTheChip() throws {
        let clone = try #require(ShippedCards.personas.first { $0.name == "card-cloned" })
        let model = try #require(ShippedCards.personas.first { $0.name == "resident-dibao-elder" })
        #expect(clone.card.holder == model.card.holder && clone.card.cardNumber == model.card.cardNumber)
        #expect(clone.card.identificationCode != model.card.identificationCode)
        #expect(clone.card.quirks.contains(.anyPINAccepted))
    }

    @Test
    func replacedCardAndItsReplacementBelongToOnePerson() throws {
        let old = try #require(ShippedCards.personas.first { $0.name == "card-replaced" })
        let new = try #require(ShippedCards.personas.first { $0.name == "card-replacement" })
        #expect(old.card.holder == new.card.holder)
        guard case .resident(let entry) = new.ledger else {
            Issue.record("the replacement describes the resident")
            return
        }
        let replaced = entry.cards.first { $0.identificationCode == old.card.identificationCode }
        #expect(replaced?.status == .replaced && replaced?.replacedBy == new.card.identificationCode)
    }

    @Test
    func everyFailureCodeIsInTheCatalogueOfFailures() throws {
        let file = ShippedCards.simulators.deletingLastPathComponent().appending(path: "Documentation/FailureCodes.md")
        let document = try String(contentsOf: file, encoding: .utf8)
        for persona in ShippedCards.personas {
            let codes = [persona.expectation.code, persona.expectation.authenticated?.code].compactMap(\.self)
            for code in codes + persona.expectation.warnings {
                #expect(document.contains("`\(code)`"), "\(persona.name): \(code)")
            }
        }
    }

    @Test
    func readmeListsEveryPersonaAndItsEnd() throws {
        let readme = try String(contentsOfFile: ShippedCards.directory + "/README.md", encoding: .utf8)
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        let expected = ShippedCards.personas.map { persona in
            let end = persona.expectation.code.map { "`\($0)`" } ?? persona.expectation.screen.rawValue
            return "| `\(persona.name)` | \(persona.titleChinese) | \(persona.titleEnglish) | \(end) |"
        }
        #expect(rows.filter { $0.split(separator: "|").count == 4 } == expected)
    }

    @Test
    func readmeExplainsEveryQuirk() throws {
        let readme = try String(contentsOfFile: ShippedCards.directory + "/README.md", encoding: .utf8)
        for quirk in CardQuirk.allCases {
            #expect(readme.contains("| `\(quirk.rawValue)` |"), "\(quirk.rawValue)")
        }
    }
}

/// A channel straight into a virtual card.
final class DirectChannel: CardChannel {
    private var card: VirtualCard
    let answerToReset: AnswerToReset?

    init(_ persona: Persona) {
        var card = VirtualCard(image: persona.card, seed: 1)
        answerToReset = card.reset(interface: .contact).flatMap { try? AnswerToReset(bytes: $0) }
        self.card = card
    }

    func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
        card.respond(to: Array(command))
    }
}

@available(*, unavailable)
extension DirectChannel: Sendable {}
