import Dispatch
import Foundation
import Glibc
import SimulationKit
import Synchronization
import Testing

@Suite
struct PCSCLauncherTests {
    private final class Order: Sendable {
        private let words = Mutex<[String]>([])

        var all: [String] { words.withLock { $0 } }

        func append(_ word: String) { words.withLock { $0.append(word) } }
    }

    @Test(.timeLimit(.minutes(1)))
    func aStartIsToldBeforeTheEndHoweverSoonThatComes() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("oc-launch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let configuration = PCSCService.Configuration(
            program: "/bin/false",
            socketPath: directory.appendingPathComponent("s").path,
            readerConfigurationDirectory: directory.path,
            processFile: directory.appendingPathComponent("pid").path,
            logFile: directory.appendingPathComponent("log").path
        )
        let order = Order()
        let over = DispatchSemaphore(value: 0)
        try PCSCLauncher.launch(
            configuration,
            socket: try UnixSocket.listen(.stream, at: configuration.socketPath),
            started: { process in
                // Until it has ended: nothing could tell the end any sooner.
                var information = siginfo_t()
                while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
                order.append("started")
            },
            ended: { _ in
                order.append("ended")
                over.signal()
            }
        )
        over.wait()
        #expect(order.all == ["started", "ended"])
    }
}
