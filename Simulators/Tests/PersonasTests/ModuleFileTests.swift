import BlockCipherOpenSSL
import Foundation
import Personas
import SmartCard
import SocialCard
import Testing
import VirtualCard
import YAMLFiles

@Suite
struct ModuleFileTests {
    /// The modules of the checkout; empty when a file has a mistake, which a test of its own reports.
    static let modules = (try? PersonaCatalogue(directory: ShippedCards.directory))?.modules ?? []

    private static func text() throws -> String {
        try String(contentsOfFile: "\(ShippedCards.directory)/modules/psam-wrong-key.yaml", encoding: .utf8)
    }

    private func mistakes(_ text: String) -> [YAMLMistake] {
        do throws(YAMLMistakes) {
            _ = try ModuleFile.decode(text, file: "modules/psam-wrong-key.yaml")
            return []
        } catch {
            return error.mistakes
        }
    }

    @Test(arguments: [
        ("name: psam-wrong-key", "name: psam", "name"),
        ("simulated: true", "simulated: false", "simulated"),
        ("dialect: bfde", "dialect: bfdf", "module.dialect"),
        ("dialect: bfde", "dialect: bfde\n  colour: red", "module"),
        ("cipher: sm4", "cipher: ssf33", "module.cipher"),
        ("wrongKeys: [holder]", "wrongKeys: [house]", "module.wrongKeys[0]"),
        ("wrongKeys: [holder]", "wrongKeys: [holder]\n  keys: [internal]", "module.wrongKeys"),
        ("terminalNumber: \"440703000003\"", "terminalNumber: \"44070300000\"", "module.terminalNumber"),
    ])
    func mistakeIsReportedWithPlaceAndLine(_ target: String, _ replacement: String, _ path: String) throws {
        let text = try Self.text()
        #expect(text.contains(target) && mistakes(text).isEmpty)
        let found = mistakes(text.replacingOccurrences(of: target, with: replacement))
        #expect(found.contains { $0.path == path && $0.line > 0 }, "\(found)")
    }

    @Test
    func modulesThatOthersCountOnAreThere() throws {
        #expect(
            Self.modules.map(\.name) == [
                "psam", "psam-3des", "psam-key-missing", "psam-other-dialect", "psam-wrong-key",
            ]
        )
        let catalogue = try PersonaCatalogue(directory: ShippedCards.directory)
        #expect(catalogue.module("psam")?.code == nil && catalogue.module("nobody") == nil)
    }

    @Test
    func readmeListsEveryModuleKeyAndRootKey() throws {
        let readme = try String(contentsOfFile: ShippedCards.directory + "/README.md", encoding: .utf8)
        for module in Self.modules {
            let end = module.code.map { "`\($0)`" } ?? "served"
            #expect(readme.contains("| `\(module.name)` | \(module.titleEnglish) | \(end) |"), "\(module.name)")
        }
        for purpose in SimulatedKeys.Purpose.allCases {
            #expect(readme.contains("`\(purpose.rawValue)`") && readme.contains("`\(purpose.rootKey)`"))
        }
    }

    /// A module as the challenge of a card meets it, without a reader.
    private func read(_ name: String, with module: ModulePersona) throws -> SocialCardData {
        let persona = try #require(ShippedCards.personas.first { $0.name == name })
        let card = DirectChannel(persona)
        guard case .closed(let data, let challenge) = try SocialCard.open(card) else {
            throw SocialCardError(.refused, "the card was read whole")
        }
        final class Slot: CardChannel {
            var module: VirtualPSAM
            var answerToReset: AnswerToReset? { nil }

            init(_ image: SecurityModuleImage) {
                module = VirtualPSAM(image: image, seed: 1)
                _ = module.reset()
            }

            func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
                module.respond(to: Array(command))
            }
        }
        var dialect = PSAMDialect.bfde
        dialect.internalKey = PSAMDialect.Key(type: 8, identifier: 0x0B)
        let answer = try PSAM(Slot(module.image), dialect: dialect).answer(challenge)
        return try SocialCard.complete(card, data, challenge: challenge, answer: answer, proof: .psam)
    }

    @Test(arguments: modules)
    func moduleServesOrFailsAsItsFileSays(_ module: ModulePersona) throws {
        let name = module.image.cipher == .sm4 ? "generation-3" : "generation-3-3des"
        do {
            let data = try read(name, with: module)
            #expect(module.code == nil && data.proof == .psam && data.holder != nil && data.warnings == [])
        } catch let error as SocialCardError {
            #expect(error.code.rawValue == module.code)
        }
    }

    @Test
    func cloneHasEverythingOfItsModelButTheKeys() throws {
        let clone = try #require(ShippedCards.personas.first { $0.name == "generation-3-clone" })
        let model = try #require(ShippedCards.personas.first { $0.name == "generation-3" })
        var copy = clone.card
        copy.quirks = model.card.quirks
        copy.payment = model.card.payment
        #expect(copy == model.card)
        let module = try #require(Self.modules.first { $0.name == "psam" })
        let error = #expect(throws: SocialCardError.self) { try read(clone.name, with: module) }
        #expect(error?.code == .authenticationFailed)
        #expect(clone.expectation.authenticated?.code == error?.code.rawValue)
    }

    @Test
    func paymentsOfPersonasAreRead() throws {
        let persona = try #require(ShippedCards.personas.first { $0.name == "generation-3-3des" })
        let data = try #require(try PaymentCard.read(DirectChannel(persona), interface: .contact))
        #expect(data.accountLastFour == "3222" && data.balanceFen == 3_650 && data.log.count == 2)
    }
}
