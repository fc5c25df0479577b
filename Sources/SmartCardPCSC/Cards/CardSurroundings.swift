import SmartCard
import Synchronization

/// What the calls on cards need from around them.
struct CardSurroundings: Sendable {
    let library: any PCSCLibrary
    let scheduler: any DeadlineScheduler
    let limits: CallLimits
    let counters: CardCounters
}

/// The counts of all calls on cards.
final class CardCounters: Sendable {
    private let exchangeNanoseconds = Atomic<UInt64>(0)
    private let exchanges = Atomic<UInt64>(0)
    private let bodies = Atomic<UInt64>(0)
    private let abandonedThreads = Atomic<UInt64>(0)

    /// Adds a body that has ended.
    func addBody(exchanges: UInt64, nanoseconds: UInt64) {
        self.exchanges.add(exchanges, ordering: .relaxed)
        exchangeNanoseconds.add(nanoseconds, ordering: .relaxed)
        bodies.add(1, ordering: .relaxed)
    }

    /// Adds a thread that was left behind.
    func addAbandonedThread() {
        abandonedThreads.add(1, ordering: .relaxed)
    }

    /// The counts now.
    ///
    /// - Parameter stuckThreads: How many threads are stuck now.
    /// - Returns: The counts, each exact, taken one after another.
    func metrics(stuckThreads: Int) -> PCSCMetrics {
        PCSCMetrics(
            exchangeNanoseconds: exchangeNanoseconds.load(ordering: .relaxed),
            exchanges: exchanges.load(ordering: .relaxed),
            bodies: bodies.load(ordering: .relaxed),
            abandonedThreads: abandonedThreads.load(ordering: .relaxed),
            stuckThreads: stuckThreads
        )
    }
}
