import SimulatorTestKit
import SmartCard
import Testing
import VirtualCard

@Suite
struct VirtualCardFilesTests {
    @Test
    func selectOfTheEnvironmentAnnouncesTheControlInformationAndHandsItOver() {
        var card = SampleCard.card()
        #expect(card.respond(to: SampleCard.selectEnvironment) == [0x61, 0x18])
        let answer = card.respond(to: [0x00, 0xC0, 0x00, 0x00, 0x18])
        // 6F, length, 84 name, A5 with tag 88 = SFI 1E
        #expect(answer.prefix(4) == [0x6F, 0x16, 0x84, 0x0F])
        #expect(answer.suffix(7) == [0xA5, 0x03, 0x88, 0x01, 0x1E, 0x90, 0x00])
        #expect(answer.count == 26)
    }

    @Test
    func algorithmEnvironmentMakesTheControlInformationThirtyBytesLong() {
        var card = SampleCard.card(SampleCard.image(generation: 3, cipher: .sm4))
        #expect(card.respond(to: SampleCard.selectEnvironment) == [0x61, 0x1E])
        let answer = card.respond(to: [0x00, 0xC0, 0x00, 0x00, 0x00])
        #expect(answer.suffix(8) == [0x9F, 0x0C, 0x03, 0x86, 0x01, 0x03, 0x90, 0x00])
    }

    @Test
    func bankCardKnowsNoSocialSecurityEnvironment() {
        var card = SampleCard.card(SampleCard.image(application: .bank))
        #expect(card.respond(to: SampleCard.selectEnvironment) == [0x6A, 0x82])
    }

    @Test(
        arguments: [
            [0x00, 0xA4, 0x00, 0x00, 0x02, 0xEF, 0x05], [0x00, 0xA4, 0x02, 0x00, 0x02, 0xEF, 0x05],
            [0x00, 0xA4, 0x02, 0x02, 0x02, 0xEF, 0x06], [0x00, 0xA4, 0x00, 0x02, 0x02, 0xEF, 0x06],
        ] as [[UInt8]]
    )
    func filesAreSelectedInEveryFormOfTheField(_ command: [UInt8]) {
        var card = SampleCard.selected()
        #expect(card.respond(to: command) == [0x90, 0x00])
        var unselected = SampleCard.card()
        #expect(unselected.respond(to: command) == [0x6A, 0x82])
    }

    @Test(
        arguments: [
            // by number in the current file, by tag, by number through the short identifier
            ([0x00, 0xB2, 0x07, 0x04, 0x0B], [0x00, 0xB2, 0x07, 0x00, 0x0B], [0x00, 0xB2, 0x07, 0x2C, 0x0B])
        ] as [([UInt8], [UInt8], [UInt8])]
    )
    func recordIsTheSameByNumberTagAndShortIdentifier(_ forms: ([UInt8], [UInt8], [UInt8])) {
        let record: [UInt8] = [0x07, 0x09] + Array("JMT000001".utf8) + [0x90, 0x00]
        var card = SampleCard.selected()
        #expect(card.respond(to: forms.2) == record)
        #expect(card.respond(to: forms.0) == record)
        #expect(card.respond(to: forms.1) == record)
    }

    @Test
    func contactCardNamesTheRightLengthWhenTheExpectedOneDoesNotFit() {
        var card = SampleCard.selected()
        #expect(card.respond(to: [0x00, 0xB2, 0x05, 0x2C, 0x00]) == [0x6C, 0x06])
        #expect(card.respond(to: [0x00, 0xB2, 0x05, 0x2C, 0x20]) == [0x6C, 0x06])
        let record: [UInt8] = [0x05, 0x04, 0x20, 0x20, 0x06, 0x01, 0x90, 0x00]
        #expect(card.respond(to: [0x00, 0xB2, 0x05, 0x2C, 0x06]) == record)
    }

    @Test
    func contactlessCardGivesAllAtOnce() {
        var card = VirtualCard(image: SampleCard.image(), seed: 1)
        _ = card.reset(interface: .contactless)
        #expect(card.respond(to: SampleCard.selectEnvironment).suffix(2) == [0x90, 0x00])
        let record: [UInt8] = [0x05, 0x04, 0x20, 0x20, 0x06, 0x01, 0x90, 0x00]
        #expect(card.respond(to: [0x00, 0xB2, 0x05, 0x2C, 0x00]) == record)
    }

    @Test
    func wholeIssuerFileIsReadInOneCommand() {
        var card = SampleCard.selected()
        let answer = card.respond(to: [0x00, 0xB2, 0x01, 0x2D, 0xFF])
        // seven records: 16, 1, 4, 12, 4, 4 and 9 bytes of value
        #expect(answer.count == 7 * 2 + 50 + 2)
        #expect(answer.prefix(2) == [0x01, 0x10] && answer.suffix(2) == [0x90, 0x00])
    }

    @Test(arguments: [(1, [0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D]), (2, [0x08, 0x09, 0x4E, 0x0A, 0x0B, 0x0C, 0x0D])])
    func holderRecordsFollowTheOrderOfTheGeneration(_ generation: Int, _ tags: [UInt8]) {
        var card = SampleCard.selected(SampleCard.image(generation: generation, style: .direct))
        for (index, tag) in tags.enumerated() {
            #expect(card.respond(to: [0x00, 0xB2, UInt8(index + 1), 0x34, 0x00]).first == tag)
        }
        #expect(card.respond(to: [0x00, 0xB2, UInt8(tags.count + 1), 0x34, 0x00]) == [0x6A, 0x83])
    }

    @Test
    func holderFileOfGenerationThreeNeedsAuthentication() {
        var card = SampleCard.selected(SampleCard.image(generation: 3, cipher: .sm4))
        #expect(card.respond(to: [0x00, 0xA4, 0x00, 0x00, 0x02, 0xEF, 0x06]) == [0x90, 0x00])
        #expect(card.respond(to: [0x00, 0xB2, 0x08, 0x00, 0x14]) == [0x69, 0x82])
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x34, 0x14]) == [0x69, 0x82])
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x2C, 0x12]).suffix(2) == [0x90, 0x00])
    }

    @Test
    func recordsWithoutSelectionAreRefused() {
        var card = SampleCard.card()
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x04, 0x12]) == [0x69, 0x86])
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x2C, 0x12]) == [0x6A, 0x82])
    }

    @Test
    func resetForgetsSelections() {
        var card = SampleCard.selected()
        _ = card.reset(interface: .contact)
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x2C, 0x12]) == [0x6A, 0x82])
    }

    @Test
    func answersToResetHaveTheShapeOfDeployedCards() {
        var card = VirtualCard(image: SampleCard.image(), seed: 1)
        let contact = card.reset(interface: .contact)
        // T=0 without check byte; ends with city code and serial number
        #expect(contact?.prefix(4) == [0x3B, 0x6D, 0x00, 0x00])
        #expect(contact?.suffix(6) == [0x44, 0x07, 0x03, 0x01, 0x02, 0x03])
        let contactless = card.reset(interface: .contactless)
        #expect(contactless?.prefix(4) == [0x3B, 0x8D, 0x80, 0x01])
        #expect(contactless?.dropFirst().reduce(0, ^) == 0)
        for answer in [contact, contactless] {
            #expect(answer.flatMap { try? AnswerToReset(bytes: $0) } != nil)
        }
    }

    @Test
    func challengesAreRandomButTheSameForTheSameSeed() {
        var card = SampleCard.card()
        var twin = SampleCard.card()
        let first = card.respond(to: [0x00, 0x84, 0x00, 0x00, 0x08])
        #expect(first.count == 10 && first == twin.respond(to: [0x00, 0x84, 0x00, 0x00, 0x08]))
        #expect(first != card.respond(to: [0x00, 0x84, 0x00, 0x00, 0x08]))
    }
}
