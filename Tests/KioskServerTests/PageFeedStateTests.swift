import Station
import Testing

@testable import KioskServer

@Suite
struct PageFeedStateTests {
    private let idle = Fixtures.presentation(.idle(IdleScreen()))
    private let personal = Fixtures.presentation(Fixtures.pad(entered: 0))

    @Test
    func aSlowPageGetsOnlyTheNewestScreen() {
        var state = PageFeedState()
        state.offer(personal)
        state.offer(idle)
        #expect(state.next() == .screen(idle, .chinese))
        #expect(state.next() == nil)
    }

    @Test
    func nothingIsSentAfterTheEnd() {
        var state = PageFeedState()
        state.offer(personal)
        state.end(.superseded)
        state.end(.lost)
        state.offer(personal)
        #expect(state.next() == .end(.superseded), "the first reason counts")
        #expect(state.next() == .end(.superseded))
    }

    @Test
    func theShortIntervalHoldsInASession() {
        var state = PageFeedState()
        #expect(!state.isInSession)
        state.offer(personal)
        #expect(state.isInSession)
        state.offer(idle)
        #expect(!state.isInSession)
    }

    @Test
    func anotherLanguageSendsTheScreenAgain() {
        var state = PageFeedState()
        state.choose(.english)
        #expect(state.next() == nil, "nothing to show yet")
        state.offer(personal)
        #expect(state.next() == .screen(personal, .english))
        state.choose(.chinese)
        #expect(state.next() == .screen(personal, .chinese))
        state.choose(.chinese)
        #expect(state.next() == nil)
    }

    @Test
    func theLanguageGoesBackWhenThePageBecomesIdle() {
        var state = PageFeedState()
        state.offer(idle)
        state.choose(.english)
        #expect(state.isIdleInOtherLanguage)
        state.offer(idle)
        #expect(state.language == .english, "still waiting for the person who pressed the button")
        state.offer(personal)
        #expect(!state.isIdleInOtherLanguage)
        #expect(state.language == .english)
        state.offer(Fixtures.presentation(.thanks))
        #expect(state.language == .english)
        state.offer(idle)
        #expect(state.language == .chinese)
    }
}
