import SmartCard
import SocialCard
import Testing

/// Cards that cannot be read: each with its code, within bounded exchanges.
@Suite
struct SocialCardErrorTests {
    /// Answers every command with the same bytes.
    final class MonotonousChannel: CardChannel {
        let answer: [UInt8]
        private(set) var count = 0

        init(_ answer: [UInt8]) {
            self.answer = answer
        }

        var answerToReset: AnswerToReset? { nil }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            count += 1
            return answer
        }
    }

    /// Gives the answers of a card one byte at a time, each with the announcement of one more.
    final class DribblingChannel: CardChannel {
        private let card: CardDouble
        private var rest: ArraySlice<UInt8> = []
        private(set) var count = 0

        init(_ card: CardDouble) {
            self.card = card
        }

        var answerToReset: AnswerToReset? { nil }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            count += 1
            if command[1] != 0xC0 { rest = try card.transmit(command)[...] }
            guard rest.count > 2, let byte = rest.popFirst() else { return Array(rest) }
            return rest.count == 2 ? [byte] + rest : [byte, 0x61, 0x01]
        }
    }

    @Test
    func aCardThatDribblesIsGivenUpAtTheLimitOfTheWholeReading() {
        let channel = DribblingChannel(Samples.secondGeneration())
        let error = #expect(throws: SmartCardError.self) { try SocialCard.read(channel) }
        #expect(error?.code == .apduResponseLoop)
        #expect(channel.count == SocialCard.exchangeLimit)
    }

    @Test(arguments: ["6A82", "6A81", "6A86", "6A88", "6D00", "6E00", "6700", "6B00", "6999"])
    func cardsWithoutTheApplicationAreNamed(_ statusWord: String) {
        let error = #expect(throws: SocialCardError.self) { try SocialCard.read(MonotonousChannel(hex(statusWord))) }
        #expect(error?.code == .notSocialSecurity)
    }

    @Test(arguments: ["6F00", "6283", "6581", "6985", "9303"])
    func otherStatusWordsOfTheSelectionAreRefusals(_ statusWord: String) {
        let error = #expect(throws: SocialCardError.self) { try SocialCard.read(MonotonousChannel(hex(statusWord))) }
        #expect(error?.code == .refused)
        #expect(error?.message.contains(statusWord) == true)
    }

    @Test
    func missingFilesAreNamed() {
        let card = Samples.secondGeneration()
        card.selectionForms = []
        let error = #expect(throws: SocialCardError.self) { try SocialCard.read(card) }
        #expect(error?.code == .fileMissing)
        #expect(card.commands.count == 4)
    }

    @Test(arguments: ["00", "01", "9000 00", "61 01", "AA 61 10", "6C 01", "6C 00", "0000", "FFFF"])
    func endlessAnswersAndAnswersWithoutStatusWordEndInBoundedExchanges(_ answer: String) {
        let channel = MonotonousChannel(hex(answer))
        let error = #expect(throws: SmartCardError.self) { try SocialCard.read(channel) }
        #expect(error?.code == .apduResponseLoop || error?.code == .apduMalformed)
        #expect(channel.count <= SocialCard.exchangeLimit)
    }

    @Test(arguments: ["9000", "0000 9000", "FFFFFFFF 9000", "AABBCC 9000", "05042010 9000"])
    func cardsThatTakeEverythingAreMalformed(_ answer: String) {
        let channel = MonotonousChannel(hex(answer))
        let error = #expect(throws: SocialCardError.self) { try SocialCard.read(channel) }
        #expect(error?.code == .recordMalformed)
        #expect(channel.count <= SocialCard.exchangeLimit)
    }

    @Test(arguments: [
        "0A",  // no length
        "0A 05 31",  // cut, also when it is asked for again
        "0A 01 31 32",  // something behind it
        "00 01 31",  // no tag
    ])
    func recordsOfWrongLengthAreMalformed(_ record: String) {
        let channel = MonotonousChannel(hex(record) + hex("9000"))
        let error = #expect(throws: SocialCardError.self) { try SocialCard.readIdentificationCode(channel) }
        #expect(error?.code == .recordMalformed)
    }

    @Test
    func recordsOfOtherTagsEverywhereAreMalformed() {
        // Every record of the card carries the tag of a holder's value: the issuer's file holds none of its own.
        let channel = MonotonousChannel(hex("4F 01 31", "9000"))
        let error = #expect(throws: SocialCardError.self) { try SocialCard.read(channel) }
        #expect(error?.code == .recordMalformed)
    }

    @Test
    func aClosedHoldersFileNeedsAuthentication() {
        let card = Samples.secondGeneration()
        card.holder = card.holder.map { _ in nil }
        card.recordRefusal = .securityStatusNotSatisfied
        let error = #expect(throws: SocialCardError.self) { try SocialCard.read(card) }
        #expect(error?.code == .needsAuthentication)
    }

    @Test
    func aHoldersFileThatRefusesEverythingIsARefusal() {
        let card = Samples.secondGeneration()
        card.holder = card.holder.map { _ in nil }
        card.recordRefusal = .conditionsNotSatisfied
        let error = #expect(throws: SocialCardError.self) { try SocialCard.read(card) }
        #expect(error?.code == .refused)
    }

    @Test
    func aMissingIdentificationCodeIsMalformedWhenItIsAskedFor() {
        let card = Samples.secondGeneration(tag: 0x01, nil)
        let error = #expect(throws: SocialCardError.self) { try SocialCard.readIdentificationCode(card) }
        #expect(error?.code == .recordMalformed)
    }

    @Test
    func aCardTornOutAtAnyBoundaryOfAnOddReadingIsAnError() throws {
        let odd = { () -> CardDouble in
            let card = Samples.firstGeneration()
            card.isByteOriented = true
            card.knowsTags = false
            card.selectionForms = [[2, 2]]
            return card
        }
        let whole = odd()
        _ = try SocialCard.read(whole)
        #expect(whole.commands.count <= SocialCard.exchangeLimit)
        for boundary in whole.commands.indices {
            let card = odd()
            card.tornAt = boundary
            let error = #expect(throws: SmartCardError.self) { try SocialCard.read(card) }
            #expect(error?.code == .cardRemoved)
        }
    }

    @Test
    func codesAndWarningsAreStableAndDistinct() {
        let codes = SocialCardError.Code.allCases.map(\.rawValue)
        let warnings = CardWarning.all.map(\.rawValue)
        #expect(codes.count == 23)
        #expect(Set(codes + warnings).count == codes.count + warnings.count)
        #expect(codes.allSatisfy { SocialCardError.Code(rawValue: $0)?.description == $0 })
        #expect(warnings.allSatisfy { CardWarning(rawValue: $0)?.description == $0 })
        #expect(warnings.allSatisfy { $0.wholeMatch(of: /warning(\.[a-z0-9-]+)+/) != nil })
        #expect(CardWarning.allCases == CardWarning.all)
        #expect(CardWarning(rawValue: "warning.unheard-of") == nil)
        #expect(SocialCardError.Code(rawValue: "card.unheard-of") == nil)
    }

    @Test
    func descriptionHasCodeMessageAndCause() {
        let cause = SmartCardError(.tlvMalformed, "cut")
        let error = SocialCardError(.recordMalformed, "no record", cause: cause)
        #expect(error.description == "card.record-malformed: no record (caused by tlv.malformed: cut)")
        #expect(SocialCardError(.pinWrong, "wrong", triesLeft: 2).triesLeft == 2)
    }
}
