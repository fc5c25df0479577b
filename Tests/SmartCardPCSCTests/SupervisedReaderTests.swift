import SmartCard
import Testing

@testable import SmartCardPCSC

@Suite struct SupervisedReaderTests {
    private static let name = ReaderName("Reader 00 00")
    private static let answerToReset: [UInt8] = [0x3B, 0x00]
    private static let parsed = try? AnswerToReset(bytes: answerToReset)

    private static func inserted(_ counter: UInt16) -> ReaderEvent {
        .cardInserted(name, parsed, insertion: counter)
    }

    /// Feeds states to a reader and gives the events of the last.
    private func events(after states: [PCSCReaderState]) -> [ReaderEvent] {
        var reader = SupervisedReader(name: Self.name)
        var events: [ReaderEvent] = []
        for state in states {
            let bytes = state.flags.contains(.present) ? Self.answerToReset : []
            events = reader.apply(state, answerToReset: bytes)
        }
        return events
    }

    private static let empty0 = PCSCReaderState([.empty, .changed])
    private static let present1 = PCSCReaderState([.present, .changed], counter: 1)
    private static let muted1 = PCSCReaderState([.present, .mute, .changed], counter: 1)
    private static let broken = PCSCReaderState([.unavailable, .changed])
    private static let gone = PCSCReaderState([.unknown, .unavailable, .changed])

    @Test func saysNothingOfAReaderThatIsEmptyFromTheStart() {
        #expect(events(after: [Self.empty0]).isEmpty)
    }

    @Test func tellsACardThatWasThereFromTheStart() {
        #expect(events(after: [PCSCReaderState(.present)]) == [Self.inserted(0)])
    }

    @Test func tellsInsertionAndRemoval() {
        #expect(events(after: [Self.empty0, Self.present1]) == [Self.inserted(1)])
        let empty2 = PCSCReaderState(.empty, counter: 2)
        #expect(events(after: [Self.empty0, Self.present1, empty2]) == [.cardRemoved(Self.name)])
    }

    @Test func tellsAQuickSwapByTheCounterAlone() {
        let present3 = PCSCReaderState(.present, counter: 3)
        #expect(
            events(after: [Self.empty0, Self.present1, present3]) == [.cardRemoved(Self.name), Self.inserted(3)]
        )
    }

    @Test func tellsASwapAcrossTheEndOfTheCounter() {
        let before = PCSCReaderState(.present, counter: .max)
        let after = PCSCReaderState(.present, counter: 1)
        #expect(events(after: [before, after]) == [.cardRemoved(Self.name), Self.inserted(1)])
    }

    @Test func saysNothingWhenOnlyTheUseByOthersChanges() {
        let inUse = PCSCReaderState([.present, .inUse, .changed], counter: 1)
        #expect(events(after: [Self.present1, inUse]).isEmpty)
        #expect(events(after: [inUse, Self.present1]).isEmpty)
    }

    @Test func tellsATouchThatIsOverAlready() {
        let empty2 = PCSCReaderState(.empty, counter: 2)
        #expect(
            events(after: [Self.empty0, empty2])
                == [.cardInserted(Self.name, nil, insertion: 1), .cardRemoved(Self.name)]
        )
    }

    @Test func takesACounterThatBeganAnewForNoTouch() {
        #expect(events(after: [PCSCReaderState(.empty, counter: 6), Self.empty0]).isEmpty)
    }

    @Test func tellsAMuteCardAndItsRemoval() {
        #expect(events(after: [Self.empty0, Self.muted1]) == [.cardMute(Self.name)])
        #expect(events(after: [Self.muted1, PCSCReaderState(.empty, counter: 2)]) == [.cardRemoved(Self.name)])
    }

    @Test func tellsWhenACardFallsMuteAndWhenItWakes() {
        #expect(events(after: [Self.present1, Self.muted1]) == [.cardMute(Self.name)])
        #expect(events(after: [Self.muted1, Self.present1]) == [Self.inserted(1)])
    }

    @Test func tellsUnknownPresenceOnce() {
        #expect(events(after: [Self.present1, Self.broken]) == [.presenceUnknown(Self.name)])
        #expect(events(after: [Self.present1, Self.broken, Self.broken]).isEmpty)
        // Seen on unplugging: UNAVAILABLE with EXCLUSIVE and CHANGED.
        #expect(events(after: [Self.present1, PCSCReaderState(rawValue: 0x8A)]) == [.presenceUnknown(Self.name)])
    }

    @Test func tellsARemovalWhenUnknownPresenceIsSettled() {
        #expect(events(after: [Self.present1, Self.broken, Self.empty0]) == [.cardRemoved(Self.name)])
        #expect(
            events(after: [Self.present1, Self.broken, Self.present1])
                == [.cardRemoved(Self.name), Self.inserted(1)]
        )
        #expect(events(after: [Self.empty0, Self.broken, Self.empty0]) == [.cardRemoved(Self.name)])
    }

    @Test func asksAReaderAfreshThatIsSaidToBeGone() {
        var reader = SupervisedReader(name: Self.name)
        _ = reader.apply(Self.present1, answerToReset: Self.answerToReset)
        #expect(reader.apply(Self.gone, answerToReset: []).isEmpty)
        #expect(reader.known == .unaware)
        #expect(reader.isUnknown)
        #expect(reader.removal == [.cardRemoved(Self.name)])
    }

    @Test func keepsNoAnswerToResetWithoutCard() {
        var reader = SupervisedReader(name: Self.name)
        _ = reader.apply(Self.present1, answerToReset: Self.answerToReset)
        #expect(reader.answerToReset == Self.answerToReset)
        _ = reader.apply(PCSCReaderState(.empty, counter: 2), answerToReset: Self.answerToReset)
        #expect(reader.answerToReset.isEmpty)
    }

    @Test func givesNoAnswerToResetThatCannotBeParsed() {
        var reader = SupervisedReader(name: Self.name)
        let events = reader.apply(Self.present1, answerToReset: [0x00])
        #expect(events == [.cardInserted(Self.name, nil, insertion: 1)])
    }
}
