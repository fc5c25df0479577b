import SmartCard

/// A thread with a context of its own, which lists readers and waits for their changes on demand.
///
/// Its calls may hang for ever. Then the thread is simply left: it keeps its context and its memory, nothing waits for it, and
/// when it comes back after all it finds that it was closed, releases its context and ends.
final class StatusConnection: Sendable {
    private enum Command {
        case list
        case wait(PCSCSupervisor.WaitRequest)
    }

    private struct State {
        var command: Command?
        var isClosed = false
        var context: PCSCContextHandle?
        /// Whether the thread is inside a wait that can be cancelled.
        var isWaiting = false
        var isCancelling = false
    }

    private let number: Int
    private let library: any PCSCLibrary
    private let state = Monitor(State())
    private let report: @Sendable (PCSCSupervisor.Event) -> Void

    /// How long after a cancellation that found no effect the next one follows: a cancellation before the wait has begun is
    /// lost (PROTOCOLS.md 3.4).
    private static let cancelInterval: Duration = .milliseconds(10)

    /// How often a wait is cancelled before it is left to end by itself, within its own time limit.
    private static let mostCancellations = 50

    /// Makes a connection; it does nothing before ``start()``.
    ///
    /// - Parameters:
    ///   - number: The connection's number in the reports.
    ///   - library: The functions to call.
    ///   - report: Is told what happened, on the connection's thread.
    init(number: Int, library: any PCSCLibrary, report: @escaping @Sendable (PCSCSupervisor.Event) -> Void) {
        self.number = number
        self.library = library
        self.report = report
    }

    /// Starts the thread, which opens a context and reports how that went.
    func start() {
        let isStarted = DetachedThread.start { self.serve() }
        if !isStarted { report(.establishFailed(connection: number, .noMemory)) }
    }

    /// Asks for the list of readers.
    func list() {
        state.update { $0.command = .list }
    }

    /// Asks for a wait.
    func wait(_ request: PCSCSupervisor.WaitRequest) {
        state.update { $0.command = .wait(request) }
    }

    /// Lets the thread end as soon as it is back from the call that it is in.
    func close() {
        state.update { $0.isClosed = true }
    }

    /// Ends the wait that the thread is in; on a thread of its own, since cancelling asks the service too.
    func cancelWait() {
        let context = state.withLock { state -> PCSCContextHandle? in
            guard state.isWaiting, !state.isCancelling else { return nil }
            state.isCancelling = true
            return state.context
        }
        guard let context else { return }
        let isStarted = DetachedThread.start { self.cancelUntilAcknowledged(context) }
        if !isStarted { state.withLock { $0.isCancelling = false } }
    }

    private func cancelUntilAcknowledged(_ context: PCSCContextHandle) {
        for _ in 0..<Self.mostCancellations {
            guard state.withLock({ $0.isWaiting }) else { break }
            _ = library.cancel(context)
            let hasEnded = state.wait(until: .now + Self.cancelInterval) { $0.isWaiting ? nil : true }
            if hasEnded != nil { break }
        }
        state.withLock { $0.isCancelling = false }
    }

    private func serve() {
        do throws(PCSCReturnCode) {
            let context = try PCSCContext(library: library)
            state.withLock { $0.context = context.handle }
            report(.established(connection: number))
            while let command = nextCommand() {
                perform(command, in: context)
            }
        } catch {
            report(.establishFailed(connection: number, error))
            return
        }
        report(.closed(connection: number))
    }

    private func nextCommand() -> Command? {
        state.wait { state -> Command?? in
            if state.isClosed {
                state.context = nil
                return .some(nil)
            }
            guard let command = state.command else { return nil }
            state.command = nil
            if case .wait = command { state.isWaiting = true }
            return command
        } ?? nil
    }

    private func perform(_ command: Command, in context: borrowing PCSCContext) {
        switch command {
        case .list:
            let (returned, names) = library.listReaders(context.handle)
            report(.listed(connection: number, returned, names.map { ReaderName($0) }))
        case .wait(let request):
            var readers = request.readers
            let returned = library.waitForChange(
                context.handle,
                milliseconds: request.milliseconds,
                readers: &readers
            )
            state.update { $0.isWaiting = false }
            report(.waited(connection: number, .init(returned: returned, readers: readers)))
        }
    }
}
