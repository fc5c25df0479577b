import SimulatorTestKit
import SmartCard
import Testing
import VirtualCard

@Suite
struct VirtualCardPINTests {
    private func verify(_ pin: [UInt8]) -> [UInt8] { [0x00, 0x20, 0x00, 0x00, UInt8(pin.count)] + pin }

    private let right = SampleCard.packedPIN
    private let wrong: [UInt8] = [0x11, 0x22, 0x33]

    @Test
    func rightPINIsAcceptedAndWrongOnesAreCountedDownToBlocked() {
        var card = SampleCard.selected()
        #expect(card.respond(to: verify(wrong)) == [0x63, 0xC2])
        #expect(card.respond(to: verify(right)) == [0x90, 0x00])
        #expect(card.isPINVerified && card.triesLeft == 3)
        for left in [0xC2, 0xC1, 0xC0] as [UInt8] {
            #expect(card.respond(to: verify(wrong)) == [0x63, left])
        }
        #expect(card.respond(to: verify(right)) == [0x69, 0x83])
    }

    @Test
    func triesSurviveResetAndPINStatusDoesNot() {
        var card = SampleCard.selected()
        _ = card.respond(to: verify(wrong))
        _ = card.respond(to: verify(right))
        _ = card.respond(to: verify(wrong))
        _ = card.reset(interface: .contact)
        #expect(card.triesLeft == 2 && !card.isPINVerified)
    }

    @Test
    func verifyNeedsTheEnvironment() {
        var card = SampleCard.card()
        #expect(card.respond(to: verify(right)) == [0x69, 0x85])
        #expect(card.triesLeft == 3)
    }

    @Test(arguments: [[], [0x12], [UInt8](repeating: 0x11, count: 9)] as [[UInt8]])
    func pinOfWrongLengthCostsNoTry(_ pin: [UInt8]) {
        var card = SampleCard.selected()
        let command = pin.isEmpty ? [0x00, 0x20, 0x00, 0x00] : verify(pin)
        #expect(card.respond(to: command) == [0x67, 0x00])
        #expect(card.triesLeft == 3)
    }

    @Test
    func emptyVerifyCostsATryOnCardsThatSaySo() {
        var card = SampleCard.selected(SampleCard.image(quirks: [.emptyVerifyCostsTry]))
        #expect(card.respond(to: [0x00, 0x20, 0x00, 0x00]) == [0x63, 0xC2])
    }

    @Test
    func hiddenTriesAreNotTold() {
        var card = SampleCard.selected(SampleCard.image(quirks: [.triesHidden]))
        #expect(card.respond(to: verify(wrong)) == [0x63, 0x00])
        #expect(card.triesLeft == 2)
    }

    @Test
    func cloneAcceptsAnyPIN() {
        var card = SampleCard.selected(SampleCard.image(tries: 0, quirks: [.anyPINAccepted]))
        #expect(card.respond(to: verify(wrong)) == [0x90, 0x00])
    }

    @Test
    func changedPINReplacesTheOldOne() {
        var card = SampleCard.selected()
        let new: [UInt8] = [0x97, 0x53, 0x10]
        let change: [UInt8] = [0x80, 0x5E, 0x01, 0x00, 0x07] + right + [0xFF] + new
        #expect(card.respond(to: change) == [0x90, 0x00])
        #expect(card.respond(to: verify(right)) == [0x63, 0xC2])
        #expect(card.respond(to: verify(new)) == [0x90, 0x00])
    }

    @Test
    func changeWithAWrongOldPINCostsATry() {
        var card = SampleCard.selected()
        let change: [UInt8] = [0x80, 0x5E, 0x01, 0x00, 0x07] + wrong + [0xFF] + right
        #expect(card.respond(to: change) == [0x63, 0xC2])
    }

    @Test(arguments: [[0x24, 0x68, 0x13, 0x97, 0x53], [0x24, 0x68, 0x13, 0xFF, 0x9A, 0x53, 0x10]] as [[UInt8]])
    func malformedChangeIsRefusedWithoutATry(_ data: [UInt8]) {
        var card = SampleCard.selected()
        let answer = card.respond(to: [0x80, 0x5E, 0x01, 0x00, UInt8(data.count)] + data)
        #expect(answer[0] == 0x6A || answer[0] == 0x67)
        #expect(card.triesLeft == 3)
    }
}
