import Testing

@testable import SmartCardPCSC

@Suite struct CallLimitsTests {
    private static let limits = CallLimits(opening: .seconds(2), body: .seconds(30), exchange: .seconds(5))
    private static let start = MonotonicInstant(nanoseconds: 1_000_000_000_000)

    private static func instant(_ seconds: Double) -> MonotonicInstant {
        start + .milliseconds(Int(seconds * 1000))
    }

    private func verdict(
        _ phase: CallWatch.Phase,
        exchangeSince: Double? = nil,
        cancelledSince: Double? = nil,
        at seconds: Double
    ) -> CallLimits.Verdict {
        let sample = CallWatch.Sample(
            phase: phase,
            phaseSince: Self.start,
            exchangeSince: exchangeSince.map(Self.instant),
            cancelledSince: cancelledSince.map(Self.instant)
        )
        return Self.limits.verdict(on: sample, at: Self.instant(seconds))
    }

    @Test func saysNothingMoreOfACallThatHasEnded() {
        #expect(verdict(.ended, at: 100) == .ended)
    }

    @Test func givesOpeningItsLimitAndTimeToSayWhyItFailed() {
        #expect(verdict(.opening, at: 0) == .check(at: Self.instant(2.25)))
        #expect(verdict(.opening, at: 2.249) == .check(at: Self.instant(2.25)))
        #expect(verdict(.opening, at: 2.25) == .overrun(.opening))
    }

    @Test func looksAtABodyNoMoreOftenThanAnExchangeMayLast() {
        #expect(verdict(.body, at: 1) == .check(at: Self.instant(6)))
        #expect(verdict(.body, at: 27) == .check(at: Self.instant(30)))
        #expect(verdict(.body, at: 30) == .overrun(.body))
    }

    @Test func findsAnExchangeThatDoesNotEnd() {
        #expect(verdict(.body, exchangeSince: 1, at: 3) == .check(at: Self.instant(6)))
        #expect(verdict(.body, exchangeSince: 1, at: 6) == .overrun(.exchange))
        #expect(verdict(.body, exchangeSince: 29, at: 30) == .overrun(.body))
    }

    @Test func givesClosingItsLimit() {
        #expect(verdict(.closing, at: 0.5) == .check(at: Self.instant(1)))
        #expect(verdict(.closing, at: 1) == .overrun(.closing))
    }

    @Test func endsACancelledCallSoon() {
        #expect(verdict(.body, cancelledSince: 1, at: 1) == .check(at: Self.instant(1.25)))
        #expect(verdict(.body, exchangeSince: 0.5, cancelledSince: 1, at: 1.25) == .overrun(.cancellation))
        #expect(verdict(.opening, cancelledSince: 1, at: 1.25) == .overrun(.cancellation))
        // What has been done is given back in good order.
        #expect(verdict(.closing, cancelledSince: 0, at: 0.9) == .check(at: Self.instant(1)))
    }
}

@Suite struct CallWatchTests {
    @Test func letsOnlyOneSideEndACall() {
        let watch = CallWatch()
        #expect(watch.advance(from: .queued, to: .opening, at: .now))
        #expect(watch.end(from: .opening))
        #expect(!watch.end(from: .opening))
        #expect(!watch.end(from: .ended))
        #expect(watch.endNow() == nil)
        #expect(!watch.advance(from: .opening, to: .body, at: .now))
        #expect(!watch.mayExchange)
    }

    @Test func allowsExchangesInTheBodyOnlyAndUntilCancelled() {
        let watch = CallWatch()
        #expect(!watch.mayExchange)
        _ = watch.advance(from: .queued, to: .opening, at: .now)
        #expect(!watch.mayExchange)
        _ = watch.advance(from: .opening, to: .body, at: .now)
        #expect(watch.mayExchange)
        watch.cancel(at: .now)
        #expect(watch.isCancelled)
        #expect(!watch.mayExchange)
        #expect(watch.endNow() == .body)
    }

    @Test func remembersTheFirstCancellation() {
        let watch = CallWatch()
        watch.cancel(at: MonotonicInstant(nanoseconds: 5))
        watch.cancel(at: MonotonicInstant(nanoseconds: 9))
        #expect(watch.sample.cancelledSince == MonotonicInstant(nanoseconds: 5))
    }

    @Test func tellsSinceWhenAnExchangeIsUnderWay() {
        let watch = CallWatch()
        watch.beginExchange(at: MonotonicInstant(nanoseconds: 5))
        #expect(watch.sample.exchangeSince == MonotonicInstant(nanoseconds: 5))
        watch.endExchange()
        #expect(watch.sample.exchangeSince == nil)
    }
}
