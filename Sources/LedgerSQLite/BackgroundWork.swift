import Dispatch
import Foundation
import Synchronization

/// Work on a thread of its own whose end another thread waits for.
final class BackgroundWork: Sendable {
    private let outcome = Mutex<Result<Void, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    init(name: String, _ body: @escaping @Sendable () throws -> Void) {
        let thread = Thread { [self] in
            let result = Result { try body() }
            outcome.withLock { $0 = result }
            done.signal()
        }
        thread.name = name
        thread.start()
    }

    /// Waits for the end; to be called once.
    ///
    /// - Throws: What the work threw.
    func wait() throws {
        done.wait()
        try outcome.withLock { $0 }?.get()
    }
}
