import SmartCard
import Synchronization

/// The lanes of all readers that were asked for; a lane without a thread is a few words, so none is ever taken away.
final class LaneTable: Sendable {
    private let surroundings: CardSurroundings
    private let lanes = Mutex<[ReaderName: ReaderLane]>([:])

    init(surroundings: CardSurroundings) {
        self.surroundings = surroundings
    }

    /// The lane of a reader.
    func lane(of name: ReaderName) -> ReaderLane {
        lanes.withLock { lanes in
            if let lane = lanes[name] { return lane }
            let lane = ReaderLane(name: name, surroundings: surroundings)
            lanes[name] = lane
            return lane
        }
    }

    /// Lets the thread of a reader end when it has nothing to do.
    func retire(_ name: ReaderName) {
        lanes.withLock { $0[name] }?.retire()
    }

    /// Lets all threads end when they have nothing to do.
    func retireAll() {
        for lane in all { lane.retire() }
    }

    /// Ends all calls, since nothing answers.
    func failAll(_ code: SmartCardError.Code) {
        for lane in all { lane.failAll(SmartCardError(code, "the smart-card service was lost during a call")) }
    }

    /// The counts of all calls.
    var metrics: PCSCMetrics {
        surroundings.counters.metrics(stuckThreads: all.reduce(0) { $0 + $1.stuckThreads })
    }

    private var all: [ReaderLane] { lanes.withLock { Array($0.values) } }
}
