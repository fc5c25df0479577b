import BlockCipher
import BlockCipherOpenSSL
import SimulatorTestKit
import SmartCard
import Testing
import VirtualCard

/// What the chips of generation 3 refuse (PROTOCOLS.md 1.7 and 1.8).
@Suite
struct VirtualCardAuthenticationTests {
    private func selected(_ quirks: Set<CardQuirk> = [], generation: Int = 3) -> VirtualCard {
        SampleCard.selected(SampleCard.image(generation: generation, cipher: .sm4, quirks: quirks))
    }

    private static let external: [UInt8] = [0x00, 0x82, 0x00, 0x0A, 0x10] + [UInt8](repeating: 1, count: 16)
    private static let challenge: [UInt8] = [0x00, 0x84, 0x00, 0x00, 0x08]

    @Test
    func aRandomNumberIsGoodForTheNextCommandOnly() {
        var card = selected()
        #expect(card.respond(to: Self.external) == [0x69, 0x85])
        _ = card.respond(to: Self.challenge)
        _ = card.respond(to: [0x00, 0xA4, 0x00, 0x00, 0x02, 0xEF, 0x05])
        #expect(card.respond(to: Self.external) == [0x69, 0x85])
        _ = card.respond(to: Self.challenge)
        #expect(card.respond(to: Self.external) == [0x63, 0xC2])
    }

    @Test
    func rightAnswerOpensTheFileUntilSelectionOrReset() throws {
        let keys = SimulatedKeys(cipher: try OpenSSLBlockCipher(), algorithm: .sm4)
        var card = selected()
        let challenge = Array(card.respond(to: Self.challenge).prefix(8))
        let source: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        let factors = [[0x86, 0x65, 0x44, 0x07, 0x03, 0x01, 0x02, 0x03], Array("440703sx".utf8)]
        let result = try keys.result(.holder, factors, process: challenge, source: source)
        #expect(card.respond(to: [0x00, 0x82, 0x00, 0x0A, 0x10] + result + source) == [0x90, 0x00])
        #expect(card.authenticatedKeys == [VirtualCard.holderKeyReference])
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x34, 0x14]).suffix(2) == [0x90, 0x00])
        _ = card.respond(to: SampleCard.selectEnvironment)
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x34, 0x14]) == [0x69, 0x82])
    }

    @Test(
        arguments: [
            ([0x00, 0x82, 0x00, 0x07, 0x10] + [UInt8](repeating: 1, count: 16), 0x6A88),
            ([0x00, 0x82, 0x00, 0x0A, 0x08] + [UInt8](repeating: 1, count: 8), 0x6700),
            ([0x00, 0x88, 0x00, 0x00, 0x08] + [UInt8](repeating: 1, count: 8), 0x6700),
            ([0x00, 0x88, 0x00, 0x05, 0x10] + [UInt8](repeating: 1, count: 16), 0x6A88),
            ([0x84, 0x24, 0x00, 0x00, 0x04, 1, 2, 3, 4], 0x6982),
        ] as [([UInt8], UInt16)]
    )
    func malformedCommandsAreRefused(_ command: [UInt8], _ status: UInt16) {
        var card = selected()
        _ = card.respond(to: Self.challenge)
        #expect(card.respond(to: command) == [UInt8(status >> 8), UInt8(status & 0xFF)])
    }

    @Test
    func nothingIsAuthenticatedOutsideTheApplication() {
        var card = SampleCard.card(SampleCard.image(generation: 3, cipher: .sm4))
        _ = card.respond(to: Self.challenge)
        #expect(card.respond(to: Self.external) == [0x69, 0x85])
    }

    @Test
    func olderCardsHaveNoKeyForTheHoldersFile() {
        var card = selected(generation: 2)
        _ = card.respond(to: Self.challenge)
        #expect(card.respond(to: Self.external) == [0x6A, 0x88])
    }

    @Test
    func aChipWithoutACipherSaysSo() {
        for (cipher, image) in [
            (nil, SampleCard.image(generation: 3, cipher: .sm4)),
            (try? OpenSSLBlockCipher(), SampleCard.image(generation: 3, cipher: .ssf33)),
        ] {
            var card = VirtualCard(image: image, seed: 1, cipher: cipher)
            _ = card.reset(interface: .contact)
            _ = card.respond(to: SampleCard.selectEnvironment)
            _ = card.respond(to: Self.challenge)
            #expect(card.respond(to: Self.external) == [0x6A, 0x81])
        }
    }

    @Test
    func modulesAnswerToResetAsDeployedOnesDo() throws {
        for (dialect, third) in [(SecurityModuleImage.Dialect.bfde, 0x94 as UInt8), (.cla801a, 0x96)] {
            var module = VirtualPSAM(image: SecurityModuleImage(dialect: dialect, cipher: .sm4), seed: 1)
            let answer = module.reset()
            #expect(answer.prefix(3) == [0x3B, 0x7D, third] && answer.count == 18)
            #expect(try AnswerToReset(bytes: answer).protocols == [.t0])
            #expect(module.respond(to: [0x00, 0xB0, 0x96, 0x00, 0x06]) == [0x44, 0x07, 0x03, 0, 0, 1, 0x90, 0x00])
        }
        let image = SecurityModuleImage(dialect: .bfde, cipher: .sm4)
        var chip = VirtualChip.module(VirtualPSAM(image: image, seed: 1))
        #expect(chip.reset(interface: .contactless) == nil && chip.triesLeft == nil)
    }

    @Test(arguments: [
        "", "|", "440703|00|03|00|00|00|00|00|t|",
        "440703|00810088378665440703010203|02|440703D15600000500010203A1A2A3A4"
            + "|0101010101010101|0202020202020202|0303030303030303|0404040404040404|440703000001|",
        "440703|00810088378665440703010203|03|440703D15600000500010203A1A2A3A4"
            + "|0101010101010101|0202020202020202|0303030303030303|04040404040404|440703000001|",
        "44070X|00810088378665440703010203|03|440703D15600000500010203A1A2A3A4"
            + "|0101010101010101|0202020202020202|0303030303030303|0404040404040404|440703000001|",
    ])
    func theBackOfficeRefusesQuestionsOfAnotherForm(_ question: String) throws {
        #expect(VirtualHSM(cipher: try OpenSSLBlockCipher()).answer(question) == nil)
    }
}
