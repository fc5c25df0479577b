import HubProtocol
import Testing

@Suite struct HybridLogicalClockTests {
    @Test func followsTheMachineAndNeverGoesBack() throws {
        let first = HybridLogicalClock.start.advanced(now: 1_000)
        #expect(first == HybridLogicalClock(milliseconds: 1_000, counter: 0))
        let same = first.advanced(now: 1_000)
        #expect(same == HybridLogicalClock(milliseconds: 1_000, counter: 1))
        let back = same.advanced(now: -5)
        #expect(back == HybridLogicalClock(milliseconds: 1_000, counter: 2))
        #expect(first < same && same < back && back < back.advanced(now: 1_001))
    }

    @Test func carriesAFullCounterIntoTheNextMillisecond() throws {
        let full = try #require(HybridLogicalClock(milliseconds: 5, counter: .max))
        #expect(full.advanced(now: 5) == HybridLogicalClock(milliseconds: 6, counter: 0))
    }

    @Test func staysWithinItsBounds() throws {
        let last = HybridLogicalClock.maximumMilliseconds
        #expect(HybridLogicalClock(milliseconds: -1, counter: 0) == nil)
        #expect(HybridLogicalClock(milliseconds: last + 1, counter: 0) == nil)
        #expect(HybridLogicalClock.start.advanced(now: .max) == HybridLogicalClock(milliseconds: last, counter: 0))
        let end = try #require(HybridLogicalClock(milliseconds: last, counter: .max))
        #expect(end.advanced(now: .max) == end)
    }
}
