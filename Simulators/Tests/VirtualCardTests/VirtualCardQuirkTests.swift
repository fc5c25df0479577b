import SimulatorTestKit
import SmartCard
import Testing
import VirtualCard

@Suite
struct VirtualCardQuirkTests {
    /// Reads a record by tag from a card that gives data at once.
    private func record(_ file: UInt8, tag: UInt8, _ quirks: Set<CardQuirk>, name: String = "贾样例") -> [UInt8] {
        var card = SampleCard.selected(SampleCard.image(name: name, style: .direct, quirks: quirks))
        return card.respond(to: [0x00, 0xB2, tag, file << 3, 0x00])
    }

    @Test
    func datesAreYearsAsText() {
        #expect(record(0x05, tag: 0x05, [.asciiDates]) == [0x05, 0x04] + Array("2020".utf8) + [0x90, 0x00])
    }

    @Test
    func recordsAreEmptyOrMissing() {
        #expect(record(0x06, tag: 0x0A, [.emptyRecords]) == [0x0A, 0x00, 0x90, 0x00])
        #expect(record(0x06, tag: 0x0B, [.missingRecords]) == [0x6A, 0x83])
        #expect(record(0x06, tag: 0x4E, [.nameExtensionRefused]) == [0x6A, 0x82])
    }

    @Test
    func nameIsCutAtTheEndOfTheFirstRecord() {
        let long = "虚构样例虚构样例虚构样例虚构样例"
        let first = record(0x06, tag: 0x09, [], name: long)
        let rest = record(0x06, tag: 0x4E, [], name: long)
        #expect(first.count == 34 && first[31] != 0)
        #expect(rest.count == 24 && rest[2] != 0 && rest[4] == 0)
        let odd = record(0x06, tag: 0x09, [.nameCutAtOddByte], name: long)
        #expect(odd[31] == 0x00 && odd[30] == first[30])
    }

    @Test(arguments: [([], 0x00), ([.spacePadding], 0x20), ([.highPadding], 0xFF)] as [(Set<CardQuirk>, UInt8)])
    func nameIsPadded(_ quirks: Set<CardQuirk>, _ padding: UInt8) {
        #expect(record(0x06, tag: 0x09, quirks)[31] == padding)
    }

    @Test
    func nameIsEmpty() {
        #expect(record(0x06, tag: 0x09, [.nameEmpty]).dropFirst(2).prefix(30).allSatisfy { $0 == 0 })
    }

    @Test
    func lengthsAreWrong() {
        #expect(record(0x06, tag: 0x08, [.wrongLengthByte])[1] == 0x1F)
        #expect(record(0x06, tag: 0x0D, [.truncatedRecord]) == [0x0D, 0x04, 0x19, 0x48, 0x90, 0x00])
    }

    @Test
    func versionEndsWithNUL() {
        #expect(record(0x05, tag: 0x03, [.versionWithNUL]) == [0x03, 0x04, 0x32, 0x2E, 0x30, 0x00, 0x90, 0x00])
    }

    @Test
    func addressingIsLimited() {
        #expect(record(0x06, tag: 0x08, [.recordNumbersOnly]) == [0x6A, 0x82])
        #expect(record(0x05, tag: 0x01, [.recordNumbersOnly]).suffix(2) == [0x90, 0x00])
        var card = SampleCard.selected(SampleCard.image(quirks: [.tagsOnly]))
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x2C, 0x12]) == [0x6A, 0x83])
    }

    @Test
    func endlessAnswersNeverEnd() {
        var card = SampleCard.selected(SampleCard.image(quirks: [.endless61]))
        #expect(card.respond(to: [0x00, 0xB2, 0x01, 0x2C, 0x12])[0] == 0x61)
        for _ in 0..<100 {
            #expect(card.respond(to: [0x00, 0xC0, 0x00, 0x00, 0x12]).suffix(2) == [0x61, 0x12])
        }
    }

    @Test
    func mutedCardGivesNoAnswerToReset() {
        var card = VirtualCard(image: SampleCard.image(quirks: [.noAnswerToReset]), seed: 1)
        #expect(card.reset(interface: .contact) == nil)
    }
}
