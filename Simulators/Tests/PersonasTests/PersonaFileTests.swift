import Benefits
import CivilIdentity
import Foundation
import HubProtocol
import Personas
import Testing
import VirtualCard
import YAMLFiles

@Suite
struct PersonaFileTests {
    private static let name = "resident-dibao-elder"

    private static func text() throws -> String {
        try String(contentsOfFile: "\(ShippedCards.directory)/\(name).yaml", encoding: .utf8)
    }

    /// The mistakes of the sample after a change.
    private func mistakes(_ target: String, _ replacement: String) throws -> [YAMLMistake] {
        let text = try Self.text()
        #expect(text.contains(target))
        do throws(YAMLMistakes) {
            _ = try PersonaFile.decode(
                text.replacingOccurrences(of: target, with: replacement),
                file: "Cards/\(Self.name).yaml"
            )
            return []
        } catch {
            return error.mistakes
        }
    }

    @Test(arguments: [
        ("name: resident", "name: somebody", "name"),
        ("simulated: true", "simulated: false", "simulated"),
        ("generation: 2", "generation: 4", "card.generation"),
        ("generation: 2", "generation: 2\n  colour: red", "card"),
        ("999999194203151025", "440703194203151025", "card.holder.citizenNumber"),
        ("999999194203151025", "999999194203151026", "card.holder"),
        ("sex: female", "sex: woman", "card.holder.sex"),
        ("programme: DIBAO", "programme: MONEY", "ledger.entitlements[0].programme"),
        ("amount: \"660.00\"", "amount: \"660.001\"", "ledger.entitlements[0].amount"),
        ("screen: benefits", "screen: failure", "expect.screen"),
        ("pin: \"060281\"", "pin: \"06\"", "card.pin"),
    ])
    func mistakeIsReportedWithPlaceAndLine(_ target: String, _ replacement: String, _ path: String) throws {
        let found = try mistakes(target, replacement)
        #expect(found.contains { $0.path == path && $0.line > 0 }, "\(found)")
    }

    @Test(arguments: [
        ("account: \"6217000000000003222\"", "account: \"6217000000000003223\"", "card.payment.account"),
        ("account: \"6217000000000003222\"", "account: \"6217994400000003226\"", "card.payment.account"),
        ("validTo: 2039-05-31", "validTo: 2139-05-31", "card.payment.validTo"),
        ("balance: \"36.50\"", "balance: \"36.5\"", "card.payment.balance"),
        ("time: \"09:15:30\"", "time: \"9:15\"", "card.payment.log[0].time"),
        ("merchant: 演示菜市场", "merchant: 演示菜市场名称太长了不能写入", "card.payment.log[1].merchant"),
        ("    screen: benefits", "    screen: failure", "expect.authenticated.screen"),
        ("    screen: benefits", "    screen: benefits\n    level: 3", "expect.authenticated"),
    ])
    func mistakeOfAThirdGenerationCardIsReported(_ target: String, _ replacement: String, _ path: String) throws {
        let name = "generation-3-3des"
        let text = try String(contentsOfFile: "\(ShippedCards.directory)/\(name).yaml", encoding: .utf8)
        #expect(text.contains(target))
        do throws(YAMLMistakes) {
            _ = try PersonaFile.decode(
                text.replacingOccurrences(of: target, with: replacement),
                file: "Cards/\(name).yaml"
            )
            Issue.record("the mistake was taken")
        } catch {
            #expect(error.mistakes.contains { $0.path == path && $0.line > 0 }, "\(error.mistakes)")
        }
    }

    @Test
    func severalMistakesAreReportedAtOnce() throws {
        let found = try mistakes("generation: 2", "generation: 9\n  quirks: [\"melts\"]\n  tries: 20")
        #expect(found.count >= 3)
    }

    @Test
    func damagedFilesAreRefusedWithoutATrap() throws {
        let original = Array(try Self.text().utf8)
        var random = SplitMix64(seed: 11)
        for _ in 0..<2_000 {
            var bytes = original
            for _ in 0...random.next() % 4 {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next() % 0x7F)
            }
            _ = try? PersonaFile.decode(String(decoding: bytes, as: UTF8.self), file: "Cards/\(Self.name).yaml")
        }
    }

    @Test
    func paymentsFollowTheirRule() throws {
        let rule = PaymentRule(
            amount: Money(fen: 66_000),
            months: 24,
            newestMonthsAgo: 0,
            dueDay: 15,
            exceptions: [PaymentRule.Exception(monthsAgo: 1, state: .returned, returnedReason: "account-inactive")]
        )
        let before = rule.payments(asOf: try CivilDate(iso: "2026-03-14"), accountLastFour: "1234")
        #expect(before.count == 24)
        #expect(before[0].state == .planned && before[0].month.iso == "2026-03" && before[0].creditedOn == nil)
        #expect(before[1].state == .returned && before[1].returnedReason == "account-inactive")
        #expect(before[2].state == .credited && before[3].state == .notified)
        let after = rule.payments(asOf: try CivilDate(iso: "2026-03-15"), accountLastFour: nil)
        #expect(after[0].state == .credited && after[0].creditedOn?.iso == "2026-03-15")
        #expect(zip(after, after.dropFirst()).allSatisfy { $0.month > $1.month })
    }

    @Test
    func listingHidesPersonalDataUnlessAskedFor() throws {
        let persona = try #require(ShippedCards.personas.first { $0.name == Self.name })
        let open = try JSONEncoder().encode(PersonaListing(persona, reveals: false))
        let revealed = try JSONEncoder().encode(PersonaListing(persona, reveals: true))
        #expect(!String(decoding: open, as: UTF8.self).contains("999999"))
        #expect(String(decoding: revealed, as: UTF8.self).contains(persona.card.holder.citizenNumber))
        #expect(!"\(persona)".contains("999999") && !"\(persona)".contains(persona.card.holder.name))
    }
}
