import Benefits
import CivilIdentity
import SmartCard
import SocialCard
import Testing

@testable import Station

@Suite(.timeLimit(.minutes(1))) struct ServicePointControllerTests {
    @Test func aSecondPageBlanksTheFirstAndEndsItsStream() async throws {
        let stage = try Stage()
        let first = await stage.controller.pageOpened(PageID(rawValue: 1))
        let second = await stage.controller.pageOpened(PageID(rawValue: 2))
        var last: Presentation?
        for await presentation in first { last = presentation }
        #expect(last?.screen == .idle(IdleScreen()))
        var screens = second.makeAsyncIterator()
        #expect(await screens.next()?.inSession == false)
    }

    @Test func anUnreadableCardIsToldWithItsCode() async throws {
        let stage = try Stage()
        try await stage.run {
            let screens = await stage.controller.pageOpened(PageID(rawValue: 1))
            await stage.controller.handle(.cardInserted(contactReader, .contact, session: "s1"))
            let failure = await first(of: screens) { if case .failure = $0.screen { true } else { false } }
            #expect(
                failure?.screen == .failure(FailureScreen(code: "card.communication", cardStillThere: true))
            )
            #expect(failure?.inSession == false)
        }
        #expect(stage.journal.kinds == [.cardInserted, .cardRejected, .sessionEnded])
    }

    @Test func inputOfAnotherPageIsIgnored() async throws {
        let stage = try Stage()
        _ = await stage.controller.pageOpened(PageID(rawValue: 1))
        await stage.controller.input(.help, from: PageID(rawValue: 9))
        #expect(await stage.controller.machine.help == .notCalled)
        await stage.controller.input(.help, from: PageID(rawValue: 1))
        #expect(await stage.controller.machine.help != .notCalled)
    }

    @Test func theDigitsOfAPINAreWipedWhenTheCardGoes() async throws {
        let stage = try Stage()
        _ = await stage.controller.pageOpened(PageID(rawValue: 1))
        await stage.controller.handle(.cardInserted(contactReader, .contact, session: "s1"))
        _ = stage.pin.append(UInt8(ascii: "4"))
        await stage.controller.handle(.cardRemoved(contactReader))
        #expect(stage.pin.count == 0)
    }
}
