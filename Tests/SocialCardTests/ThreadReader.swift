import Dispatch
import SmartCard
import SocialCard
import Synchronization

/// A reader whose calls run on a thread of its own, which may block.
///
/// `@unchecked Sendable`: the channel is touched on the serial queue alone.
final class ThreadReader: CardReader, @unchecked Sendable {
    let name = ReaderName("Reader 00 02")
    private let count = Mutex(0)
    private let channel: any CardChannel
    private let queue = DispatchQueue(label: "reader")

    /// How often the reader was called.
    var calls: Int { count.withLock { $0 } }

    init(_ channel: sending any CardChannel) {
        self.channel = channel
    }

    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        count.withLock { $0 += 1 }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in continuation.resume(with: Swift.Result { try body(channel) }) }
        }
    }
}

/// Waits as long as it takes.
struct SemaphoreWait: ReaderThreadWait {
    private final class Outcome<Result: Sendable>: Sendable {
        let value = Mutex<Swift.Result<Result, any Error>?>(nil)
    }

    func wait<Result: Sendable>(
        atMost limit: Duration,
        for work: @escaping @Sendable () async throws -> Result
    ) throws -> Result? {
        let outcome = Outcome<Result>()
        let done = DispatchSemaphore(value: 0)
        // Unstructured: the thread that waits is no task.
        Task {
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            outcome.value.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        return try outcome.value.withLock { $0 }?.get()
    }
}

/// Never gets an answer in time.
struct TimeIsOver: ReaderThreadWait {
    func wait<Result: Sendable>(
        atMost limit: Duration,
        for work: @escaping @Sendable () async throws -> Result
    ) throws -> Result? {
        nil
    }
}
