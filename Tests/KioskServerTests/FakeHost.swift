import Station
import Synchronization

/// A session host that shows what a test tells it to, and remembers what it was told.
final class FakeHost: KioskSessionHost {
    /// What the server told the host.
    enum Call: Sendable, Equatable {
        case opened(PageID)
        case lost(PageID)
        case input(KioskInput, PageID)
    }

    private struct State: Sendable {
        var presentation: Presentation
        var live: PageID?
        var continuation: AsyncStream<Presentation>.Continuation?
    }

    private let state: Mutex<State>
    private let continuation: AsyncStream<Call>.Continuation
    /// Every call, in order.
    ///
    /// For one task only.
    let calls: AsyncStream<Call>

    init(showing presentation: Presentation) {
        state = Mutex(State(presentation: presentation))
        (calls, continuation) = AsyncStream.makeStream()
    }

    /// Shows a presentation on the live page.
    func show(_ presentation: Presentation) {
        let continuation = state.withLock { state in
            state.presentation = presentation
            return state.continuation
        }
        continuation?.yield(presentation)
    }

    /// Ends the stream of the live page, as a host that stops does.
    func endStream() {
        state.withLock { $0.continuation }?.finish()
    }

    func pageOpened(_ page: PageID) async -> AsyncStream<Presentation> {
        let (stream, continuation) = AsyncStream.makeStream(of: Presentation.self, bufferingPolicy: .bufferingNewest(1))
        let before = state.withLock { state in
            let before = state.continuation
            state.live = page
            state.continuation = continuation
            continuation.yield(state.presentation)
            return before
        }
        before?.finish()
        self.continuation.yield(.opened(page))
        return stream
    }

    func pageLost(_ page: PageID) async {
        state.withLock { state in
            guard state.live == page else { return }
            state.live = nil
            state.continuation?.finish()
            state.continuation = nil
        }
        continuation.yield(.lost(page))
    }

    func input(_ input: KioskInput, from page: PageID) async {
        continuation.yield(.input(input, page))
    }
}
