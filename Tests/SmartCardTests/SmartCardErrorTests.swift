import SmartCard
import Testing

@Suite
struct SmartCardErrorTests {
    @Test
    func codesAreStableAndDistinct() {
        let texts = SmartCardError.Code.allCases.map(\.rawValue)
        #expect(texts.count == 22)
        #expect(Set(texts).count == texts.count)
        for text in texts {
            #expect(SmartCardError.Code(rawValue: text)?.rawValue == text)
            #expect(text.wholeMatch(of: /[a-z]+(\.[a-z0-9-]+)+/) != nil)
        }
        #expect(SmartCardError.Code(rawValue: "card.unheard-of") == nil)
        #expect(SmartCardError.Code.cardRemoved.description == "card.removed")
    }

    @Test
    func descriptionHasCodeMessageAndCause() {
        let cause = SmartCardError(.cardRemoved, "the card is gone")
        #expect(cause.description == "card.removed: the card is gone")
        let error = SmartCardError(.failure, "the reader failed", cause: cause)
        #expect(error.description == "pcsc.failure: the reader failed (caused by card.removed: the card is gone)")
        #expect(error.location.fileID == "SmartCardTests/SmartCardErrorTests.swift")
        #expect(error.location.description == "SmartCardTests/SmartCardErrorTests.swift:\(error.location.line)")
    }

    @Test
    func readerNamesAndEventsAreValues() {
        let name = ReaderName("Example Reader 00 00")
        #expect(name == ReaderName(rawValue: "Example Reader 00 00"))
        #expect(name.description == "Example Reader 00 00")
        #expect(ReaderEvent.cardRemoved(name) != ReaderEvent.cardMute(name))
        #expect(CardInterface(rawValue: "contactless") == .contactless)
    }
}
