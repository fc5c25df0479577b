import SmartCard
import Synchronization

/// A body that waits for a card or is running on one.
protocol CardCall: AnyObject, Sendable {
    /// How far the call has come.
    var watch: CallWatch { get }

    /// Runs the body and keeps its outcome.
    func run(on channel: PCSCCardChannel)

    /// Gives the caller the outcome of the body.
    func finish()

    /// Gives the caller an error, or the outcome of the body if that has already ended.
    func fail(_ error: any Error)
}

/// The call of one `withCard`.
final class PendingBody<Value: Sendable>: CardCall {
    let watch = CallWatch()
    private let body: @Sendable (any CardChannel) throws -> Value
    private let outcome = Mutex<Result<Value, any Error>?>(nil)
    private let once = Once<Value>()

    init(_ body: @escaping @Sendable (any CardChannel) throws -> Value) {
        self.body = body
    }

    /// Waits for the end of the call.
    func result() async throws -> Value {
        try await once.result()
    }

    func run(on channel: PCSCCardChannel) {
        let result = Result { try body(channel) }
        outcome.withLock { $0 = result }
    }

    func finish() {
        fail(SmartCardError(.failure, "a call ended before its body"))
    }

    func fail(_ error: any Error) {
        let outcome = outcome.withLock { $0 } ?? .failure(error)
        if case .failure = outcome, watch.isCancelled {
            once.resume(with: .failure(CancellationError()))
        } else {
            once.resume(with: outcome)
        }
    }
}
