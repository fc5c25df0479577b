import Glibc

/// Starts threads that nobody joins: a thread stuck in a C call must not delay the end of the process.
enum DetachedThread {
    /// Enough for libpcsclite, whose largest frames are reader tables of a few kilobytes, and for Swift code of a body.
    private static let stackSize = 1024 * 1024

    private final class Start {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }

    /// Starts a thread.
    ///
    /// - Parameter body: What the thread does; it ends with this.
    /// - Returns: Whether the system had a thread to give.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        unsafe pthread_attr_setstacksize(&attributes, stackSize)

        let start = unsafe Unmanaged.passRetained(Start(body))
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
        if result != 0 { unsafe start.release() }
        return result == 0
    }

    /// Lets the current thread, which must be one of ours, do nothing for a while.
    static func pause(_ duration: Duration) {
        var time = MonotonicInstant(nanoseconds: duration.wholeNanoseconds).timespec
        unsafe nanosleep(&time, nil)
    }
}
