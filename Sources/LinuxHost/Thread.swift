import CLinuxHost
import Dispatch
import Glibc
import Synchronization

/// Threads of our own, for calls that block: the cooperative pool never waits.
enum Thread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a detached thread; the process does not wait for it at exit.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Body(body)).toOpaque()
        let result = pthread_create(
            &thread,
            nil,
            { raw in
                guard let raw else { return nil }
                Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
                return nil
            },
            argument
        )
        precondition(result == 0, "no thread can be started")
        CLinuxHost_name_thread(thread, name)
        pthread_detach(thread)
    }

    /// Runs an asynchronous body and blocks this thread until it is done; only for threads of our own.
    static func wait<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value {
        let box = Box<Value>()
        // Unstructured: the calling thread is no task; it waits right here for the end.
        Task {
            box.set(await body())
        }
        return box.get()
    }

    /// One value from a task to a thread that waits for it.
    private final class Box<Value: Sendable>: Sendable {
        private let value = Mutex<Value?>(nil)
        private let semaphore = DispatchSemaphore(value: 0)

        func set(_ value: Value) {
            self.value.withLock { $0 = value }
            semaphore.signal()
        }

        func get() -> Value {
            while true {
                semaphore.wait()
                if let value = value.withLock({ $0 }) { return value }
            }
        }
    }
}
