import DeviceIO
import Synchronization

/// A transfer and the task that waits for it.
///
/// Its memory belongs to the library until the completion comes; the task can be let go earlier.
final class PendingTransfer: Sendable {
    /// How it ended for the task that waits.
    enum Outcome: Sendable {
        /// The library gave it back; the code is why it was cancelled, if it was.
        case completed(LibUSBCompletion, cancelled: DeviceError.Code?)
        /// The library did not take it.
        case refused(LibUSBCode)
        /// It was given up: before it was handed in, or because it does not come back.
        case givenUp(DeviceError.Code)
    }

    private enum Stage {
        case new
        case submitted(LibUSBTransfer)
        case ended
    }

    private struct State {
        var stage = Stage.new
        var cancelled: DeviceError.Code?
        /// When the task is let go.
        var end: ContinuousClock.Instant
    }

    private let library: any LibUSBLibrary
    private let grace: Duration
    private let state: Mutex<State>
    private let outcome = Once<Outcome>()

    /// Makes a transfer that is not handed in yet.
    ///
    /// - Parameters:
    ///   - library: The library.
    ///   - timeout: How long the library lets the transfer run.
    ///   - grace: How long it may take to come back after that.
    init(library: any LibUSBLibrary, timeout: Duration, grace: Duration) {
        self.library = library
        self.grace = grace
        state = Mutex(State(end: .now + timeout + grace))
    }

    /// Waits for the end, whatever becomes of the task.
    func ending() async -> Outcome { await outcome.value() }

    /// Hands the transfer in.
    ///
    /// - Parameters:
    ///   - handle: The open device.
    ///   - request: The transfer.
    ///   - completion: Called when the library has given the transfer back.
    /// - Returns: Whether `completion` will be called.
    func submit(
        _ handle: LibUSBHandle,
        _ request: LibUSBTransferRequest,
        completion: @escaping @Sendable () -> Void
    ) -> Bool {
        // The completion waits for this lock, so that it never comes before the stage says that it may.
        let refusal = state.withLock { state -> Outcome? in
            if let code = state.cancelled {
                state.stage = .ended
                return .givenUp(code)
            }
            let (returned, transfer) = library.submit(handle, request) { [self] in
                complete($0)
                completion()
            }
            state.stage = returned == .success ? .submitted(transfer) : .ended
            return returned == .success ? nil : .refused(returned)
        }
        guard let refusal else { return true }
        outcome.resume(refusal)
        return false
    }

    private func complete(_ completion: LibUSBCompletion) {
        let cancelled = state.withLock { state in
            state.stage = .ended
            return state.cancelled
        }
        outcome.resume(.completed(completion, cancelled: cancelled))
    }

    /// Asks for the early end; the first reason counts.
    func cancel(_ code: DeviceError.Code) {
        state.withLock { state in
            guard state.cancelled == nil else { return }
            if case .ended = state.stage { return }
            state.cancelled = code
            state.end = min(state.end, .now + grace)
            // With the lock held the transfer cannot end meanwhile. A refusal means that it is about to.
            if case .submitted(let transfer) = state.stage { _ = library.cancel(transfer) }
        }
    }

    /// Lets the task go if the transfer should have ended by now.
    func expire(now: ContinuousClock.Instant) {
        let code = state.withLock { state in
            state.end <= now ? state.cancelled ?? .timeout : nil
        }
        if let code { outcome.resume(.givenUp(code)) }
    }
}
