import Dispatch
import Synchronization

/// A bounded queue between two threads: the one that makes batches waits when the other is behind, and the reverse.
final class BatchQueue: Sendable {
    private struct State {
        var batches: [RowBatch] = []
        var isFinished = false
        var isAbandoned = false
    }

    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    private let free = DispatchSemaphore(value: 0)

    /// - Parameter capacity: Batches that may wait.
    init(capacity: Int) {
        // Signalled here instead of given as the first value: a semaphore must not be released below that.
        for _ in 0..<capacity { free.signal() }
    }

    /// Hands a batch over; waits while the queue is full.
    ///
    /// - Returns: false when the other side has given up.
    func push(_ batch: RowBatch) -> Bool {
        free.wait()
        let isTaken = state.withLock { state in
            guard !state.isAbandoned else { return false }
            state.batches.append(batch)
            return true
        }
        // An abandoned queue lets every later push through as well.
        if isTaken {
            filled.signal()
        } else {
            free.signal()
        }
        return isTaken
    }

    /// No batch will follow.
    func finish() {
        state.withLock { $0.isFinished = true }
        filled.signal()
    }

    /// The next batch; nil after the last.
    ///
    /// Waits while there is none.
    func pop() -> RowBatch? {
        filled.wait()
        let batch = state.withLock { $0.batches.isEmpty ? nil : $0.batches.removeFirst() }
        if batch == nil {
            filled.signal()
        } else {
            free.signal()
        }
        return batch
    }

    /// The inserting side gives up; every push returns false from now on.
    func abandon() {
        state.withLock { $0.isAbandoned = true }
        free.signal()
    }
}
