import Foundation
import ServiceLifecycle
import SimulationKit
import Synchronization

/// A program that runs as long as the command: it has the command's streams, gets SIGTERM at graceful shutdown, and its
/// exit status is the command's.
final class ChildProgram: Service {
    private let arguments: [String]
    private let outcome = Mutex<Int32>(0)

    init(_ arguments: [String]) {
        self.arguments = arguments
    }

    /// The exit status, as a shell tells it: 128 and the number of a signal.
    var status: Int32 { outcome.withLock { $0 } }

    func run() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        let running = Running(process)
        try await withGracefulShutdownHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in continuation.resume() }
                do {
                    try process.run()
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(
                        throwing: SimulationError(.system, "the program cannot be started", remedy: "install umockdev")
                    )
                }
            }
        } onGracefulShutdown: {
            running.terminate()
        }
        let isSignal = process.terminationReason == .uncaughtSignal
        outcome.withLock { $0 = process.terminationStatus + (isSignal ? 128 : 0) }
    }

    /// `@unchecked`: a process takes signals from any thread, and nothing else is done with it here.
    private final class Running: @unchecked Sendable {
        private let process: Process

        init(_ process: Process) {
            self.process = process
        }

        func terminate() {
            if process.isRunning { process.terminate() }
        }
    }
}
