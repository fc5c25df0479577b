import Glibc
import Synchronization

/// A thread that is joined once it has come to its end, and left behind if it does not.
final class JoinedThread: Sendable {
    /// Enough for libusb, whose frames are small, and for completions, which only hand results on.
    private static let stackSize = 512 * 1024

    private final class Start {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    private let ended = Once<Void>()
    private let thread: pthread_t
    private let isWaitedFor = Atomic(false)

    /// Starts a thread; nil if the system has none to give.
    ///
    /// - Parameter body: What the thread does; it ends with this.
    init?(_ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
        let ended = ended
        let start = unsafe Unmanaged.passRetained(
            Start {
                body()
                ended.resume(())
            }
        )
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread,
            &attributes,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            start.toOpaque()
        )
        guard result == 0 else {
            unsafe start.release()
            return nil
        }
        self.thread = thread
    }

    deinit {
        if !isWaitedFor.load(ordering: .acquiring) { pthread_detach(thread) }
    }

    /// Waits until the thread's work has ended, whatever becomes of the task.
    func end() async {
        await ended.value()
    }

    /// Waits for the end of the thread and joins it.
    ///
    /// - Parameter limit: How long to wait; after that the thread is left behind.
    /// - Returns: Whether the thread has ended.
    func join(within limit: Duration) async -> Bool {
        guard await ended.value(within: limit) != nil else { return false }
        // Its work is done, so that joining does not wait.
        if !isWaitedFor.exchange(true, ordering: .acquiringAndReleasing) { pthread_join(thread, nil) }
        return true
    }
}
