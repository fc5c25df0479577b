import Synchronization

/// A continuation that is resumed once, by whoever comes first: a thread, a deadline or a cancellation.
final class Once<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Value, any Error>)
        case early(Result<Value, any Error>)
        case resumed
    }

    private let state = Mutex(State.empty)

    /// Waits for the result; to be called once.
    func result() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let early = state.withLock { state -> Result<Value, any Error>? in
                if case .early(let result) = state {
                    state = .resumed
                    return result
                }
                state = .waiting(continuation)
                return nil
            }
            if let early { continuation.resume(with: early) }
        }
    }

    /// Gives the result; every call after the first is without effect.
    func resume(with result: Result<Value, any Error>) {
        let continuation = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            switch state {
            case .empty:
                state = .early(result)
                return nil
            case .waiting(let continuation):
                state = .resumed
                return continuation
            case .early, .resumed:
                return nil
            }
        }
        continuation?.resume(with: result)
    }
}
