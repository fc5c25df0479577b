import SmartCard
import Testing

@testable import Station

/// A controller with a card that behaves: what goes to the card, and what the journal says of it.
@Suite(.timeLimit(.minutes(1))) struct PINCheckTests {
    private let journal: ListJournal
    private let reader: CardOnReader
    private let stage: Stage

    init() throws {
        let journal = ListJournal()
        reader = try CardOnReader(Persona()) {
            #expect(journal.kinds.last == .pinAttempted, "the try is in the journal before VERIFY")
        }
        stage = try Stage(reader: reader, journal: journal)
        self.journal = journal
    }

    /// Goes to the pad and enters 135790.
    private func enterPIN(_ screens: AsyncStream<Presentation>) async {
        await stage.controller.handle(.cardInserted(contactReader, .contact, session: "s1"))
        _ = await first(of: screens) { if case .greeting = $0.screen { true } else { false } }
        let page = PageID(rawValue: 1)
        await stage.controller.input(.usePIN, from: page)
        await stage.controller.input(.confirmPIN(true), from: page)
        for digit in "135790".utf8 { _ = stage.pin.append(digit) }
        await stage.controller.handle(.pinEdited(count: stage.pin.count))
    }

    private func check(until isReached: @escaping @Sendable (Screen) -> Bool) async throws {
        try await stage.run {
            let screens = await stage.controller.pageOpened(PageID(rawValue: 1))
            await enterPIN(screens)
            await stage.controller.handle(.pinEntered)
            #expect(await first(of: screens) { isReached($0.screen) } != nil)
        }
        #expect(stage.pin.count == 0)
    }

    @Test func theDigitsGoToTheCardThatWasReadOnceAndInPackedForm() async throws {
        try await check { if case .benefits = $0 { true } else { false } }
        #expect(reader.verified == [[0x00, 0x20, 0x00, 0x00, 0x03, 0x13, 0x57, 0x90]])
        #expect(journal.kinds.suffix(4).prefix(3) == [.pinVerified, .identityVerified, .ledgerQueried])
    }

    @Test func noVerifyGoesToAnotherCard() async throws {
        try await stage.run {
            let screens = await stage.controller.pageOpened(PageID(rawValue: 1))
            await enterPIN(screens)
            reader.change { $0.identificationCode[15] ^= 1 }
            await stage.controller.handle(.pinEntered)
            let failure = FailureScreen(code: "identity.card-mismatch", cardStillThere: true)
            #expect(await first(of: screens) { $0.screen == .failure(failure) } != nil)
        }
        #expect(reader.verified.isEmpty)
        #expect(journal.kinds.suffix(3) == [.pinAttempted, .cardRejected, .sessionEnded])
    }

    @Test(arguments: [(0x63C1, 1), (0x6300, nil)] as [(UInt16, Int?)])
    func aWrongPINIsToldAndAsksBeforeTheNextTry(_ statusWord: UInt16, _ triesLeft: Int?) async throws {
        reader.change { $0.answer = .statusWord(statusWord) }
        try await check { $0 == .confirmPIN(triesLeft: triesLeft, wasWrong: true) }
        #expect(reader.verified.count == 1)
        #expect(journal.kinds.suffix(3).prefix(2) == [.pinAttempted, .pinFailed])
    }

    @Test func aCardTornOutAfterVerifyLeavesTheTryInTheJournalAndNoCount() async throws {
        reader.change { $0.answer = .tornOut }
        try await check { if case .failure(let screen) = $0 { screen.code == "card.removed" } else { false } }
        #expect(reader.verified.count == 1)
        #expect(journal.kinds.suffix(3) == [.pinAttempted, .cardRejected, .sessionEnded])
    }

    @Test func aSessionThatIsOverSendsNothingAndTheNextDigitsAreLeftAlone() async throws {
        try await stage.run {
            let screens = await stage.controller.pageOpened(PageID(rawValue: 1))
            await enterPIN(screens)
            let gate = Gate()
            reader.change { $0.before = gate }
            await stage.controller.handle(.pinEntered)
            await reader.hasCome.pass()
            await stage.controller.input(.finish, from: PageID(rawValue: 1))
            _ = stage.pin.append(UInt8(ascii: "2"))
            gate.open()
        }
        #expect(reader.verified.isEmpty)
        #expect(stage.pin.count == 1, "they are of the next person")
    }

    @Test func whatTheCardSaidIsInTheJournalAlsoWhenThePersonHasFinishedMeanwhile() async throws {
        reader.change { $0.answer = .statusWord(0x63C1) }
        try await stage.run {
            let screens = await stage.controller.pageOpened(PageID(rawValue: 1))
            await enterPIN(screens)
            let gate = Gate()
            reader.change { $0.after = gate }
            await stage.controller.handle(.pinEntered)
            await reader.hasEnded.pass()
            await stage.controller.input(.finish, from: PageID(rawValue: 1))
            gate.open()
        }
        #expect(journal.kinds.suffix(3) == [.pinAttempted, .sessionEnded, .pinFailed])
    }
}
