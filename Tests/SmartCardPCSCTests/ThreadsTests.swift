import Synchronization
import Testing

@testable import SmartCardPCSC

@Suite struct MonotonicInstantTests {
    @Test func addsWithoutOverflow() {
        let instant = MonotonicInstant(nanoseconds: 5)
        #expect(instant + .nanoseconds(7) == MonotonicInstant(nanoseconds: 12))
        #expect(instant + .seconds(-1) == instant)
        #expect(instant + .seconds(Int64.max) == .distantFuture)
        #expect(MonotonicInstant.distantFuture + .seconds(1) == .distantFuture)
        #expect(Duration.seconds(Int64.max).wholeMilliseconds == .max)
        #expect(Duration.milliseconds(550).wholeMilliseconds == 550)
    }

    @Test func goesOn() {
        let earlier = MonotonicInstant.now
        #expect(MonotonicInstant.now >= earlier)
    }
}

@Suite struct DeadlineQueueTests {
    @Test func givesActionsInTheOrderOfTheirTime() {
        var queue = DeadlineQueue()
        let done = Mutex<[Int]>([])
        for (number, nanoseconds) in [(1, 30), (2, 10), (3, 20), (4, 10)] as [(Int, UInt64)] {
            _ = queue.insert(at: MonotonicInstant(nanoseconds: nanoseconds)) { done.withLock { $0.append(number) } }
        }
        #expect(queue.first == MonotonicInstant(nanoseconds: 10))
        while let action = queue.removeDue(at: MonotonicInstant(nanoseconds: 20)) { action() }
        #expect(done.withLock { $0 } == [2, 4, 3])
        #expect(queue.first == MonotonicInstant(nanoseconds: 30))
    }

    @Test func forgetsWhatWasTakenBack() {
        var queue = DeadlineQueue()
        let token = queue.insert(at: .now) {}
        queue.remove(token)
        queue.remove(token)
        #expect(queue.first == nil)
    }
}

@Suite(.timeLimit(.minutes(1))) struct DeadlineThreadTests {
    @Test func callsBackInOrderEvenIfAnEarlierDeadlineComesLater() async throws {
        let scheduler = DeadlineThread()
        let done = Mutex<[Int]>([])
        let once = Once<Void>()
        let start = scheduler.now
        _ = scheduler.schedule(at: start + .milliseconds(40)) {
            done.withLock { $0.append(2) }
            once.resume(with: .success(()))
        }
        _ = scheduler.schedule(at: start + .milliseconds(5)) { done.withLock { $0.append(1) } }
        try await once.result()
        #expect(done.withLock { $0 } == [1, 2])
        #expect(scheduler.now >= start + .milliseconds(40))
    }

    @Test func doesNotCallBackWhatWasTakenBack() async throws {
        let scheduler = DeadlineThread()
        let done = Mutex(false)
        let once = Once<Void>()
        let token = scheduler.schedule(at: scheduler.now + .milliseconds(5)) { done.withLock { $0 = true } }
        scheduler.cancel(token)
        _ = scheduler.schedule(at: scheduler.now + .milliseconds(15)) { once.resume(with: .success(())) }
        try await once.result()
        #expect(!done.withLock { $0 })
    }
}

@Suite(.timeLimit(.minutes(1))) struct MonitorTests {
    @Test func wakesAThreadThatWaitsForAChange() async throws {
        let monitor = Monitor(0)
        let once = Once<Int>()
        let isStarted = DetachedThread.start {
            let value = monitor.wait { $0 > 0 ? $0 : nil }
            once.resume(with: .success(value ?? 0))
        }
        #expect(isStarted)
        monitor.update { $0 = 7 }
        #expect(try await once.result() == 7)
    }

    @Test func givesUpAtTheInstant() {
        let monitor = Monitor(0)
        let start = MonotonicInstant.now
        #expect(monitor.wait(until: start + .milliseconds(5)) { $0 > 0 ? $0 : nil } == nil)
        #expect(MonotonicInstant.now >= start + .milliseconds(5))
    }
}

@Suite(.timeLimit(.minutes(1))) struct OnceTests {
    private struct Failure: Error {}

    @Test func givesTheFirstResultOnly() async throws {
        let once = Once<Int>()
        once.resume(with: .success(1))
        once.resume(with: .success(2))
        once.resume(with: .failure(Failure()))
        #expect(try await once.result() == 1)
    }

    @Test func throwsTheFirstFailure() async {
        let once = Once<Int>()
        once.resume(with: .failure(Failure()))
        once.resume(with: .success(2))
        await #expect(throws: Failure.self) { try await once.result() }
    }
}
