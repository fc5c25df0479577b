import Dispatch

/// Makes the calls of one handle that may block, one after the other, on a thread that no task waits for.
struct Lane: Sendable {
    private let queue: DispatchQueue

    /// Makes a lane; its thread stands only while there is work.
    init(_ name: String) {
        queue = DispatchQueue(label: name)
    }

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - limit: How long to wait for the call and those before it.
    ///   - late: What is done, on the lane, with a result that comes after that.
    ///   - work: The call; it is made in any case.
    /// - Returns: The result; nil when the limit has passed.
    func run<Value: Sendable>(
        limit: Duration,
        late: @escaping @Sendable (Value) -> Void = { _ in },
        _ work: @escaping @Sendable () -> Value
    ) async -> Value? {
        let result = Once<Value?>()
        queue.async {
            let value = work()
            if !result.resume(value) { late(value) }
        }
        // The same value is raced for, so that a result is either taken here or handed to `late`.
        DispatchQueue.global().asyncAfter(deadline: .now() + limit.dispatchInterval) { result.resume(nil) }
        return await result.value()
    }

    /// Makes a call that nobody waits for, after those before it.
    func enqueue(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: work)
    }
}
