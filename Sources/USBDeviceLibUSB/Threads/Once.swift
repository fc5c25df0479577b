import Dispatch
import Synchronization

/// A value that is given once, by whoever comes first, and can be waited for by any number of tasks.
final class Once<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [@Sendable (Value) -> Void] = []
    }

    private let state = Mutex(State())

    /// Gives the value.
    ///
    /// - Returns: Whether it was the first, which alone counts.
    @discardableResult
    func resume(_ value: Value) -> Bool {
        let waiters = state.withLock { state -> [@Sendable (Value) -> Void]? in
            guard state.value == nil else { return nil }
            state.value = value
            defer { state.waiters = [] }
            return state.waiters
        }
        guard let waiters else { return false }
        for waiter in waiters { waiter(value) }
        return true
    }

    /// Waits for the value, whatever becomes of the task.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            whenGiven { continuation.resume(returning: $0) }
        }
    }

    /// Waits for the value, but not longer than a limit.
    ///
    /// - Returns: The value, or nil when the limit has passed.
    func value(within limit: Duration) async -> Value? {
        let race = Once<Value?>()
        whenGiven { race.resume($0) }
        DispatchQueue.global().asyncAfter(deadline: .now() + limit.dispatchInterval) { race.resume(nil) }
        return await race.value()
    }

    private func whenGiven(_ waiter: @escaping @Sendable (Value) -> Void) {
        let value = state.withLock { state -> Value? in
            if state.value == nil { state.waiters.append(waiter) }
            return state.value
        }
        if let value { waiter(value) }
    }
}
