import HubProtocol
import Station
import Testing

@testable import LinuxHost

@Suite struct ControlSocketTests {
    private let path = "/tmp/onecard-\(UInt64.random(in: 0...UInt64.max)).sock"

    /// Asks from a thread of its own: a blocked test would hold the pool that the handler needs.
    private func ask(_ question: [String: CanonicalJSON]) async throws -> [String: CanonicalJSON] {
        let client = ControlClient(path: path)
        return try await withCheckedThrowingContinuation { continuation in
            Thread.start(name: "asker") { continuation.resume(with: Result { try client.ask(question) }) }
        }
    }

    @Test func aQuestionIsAnswered() async throws {
        let server = ControlServer(path: path, users: []) { question in ["echo": question["command"] ?? "none"] }
        try server.start()
        defer { server.stop() }
        #expect(try await ask(["command": "status"])["echo"] == "status")
    }

    @Test func aFailureKeepsItsCode() async throws {
        let server = ControlServer(path: path, users: []) { _ in
            ControlMessage.failure(StationError(.storage, "no space"))
        }
        try server.start()
        defer { server.stop() }
        do {
            _ = try await ask(["command": "status"])
            Issue.record("the failure was swallowed")
        } catch {
            #expect(FailureCode.of(error) == "service.storage")
        }
    }

    @Test func withoutADaemonItsAbsenceIsSaid() async {
        do {
            _ = try await ask([:])
            Issue.record("somebody answered")
        } catch {
            #expect(FailureCode.of(error) == "service.not-running")
        }
    }

    @Test func aLineThatIsNoCanonicalObjectIsRefused() {
        for line in ["", "[]", "{\"a\": 1}", "{\"b\":1,\"a\":2}", "nonsense"] {
            #expect(throws: StationError.self) { try ControlMessage.parse(Array(line.utf8)) }
        }
    }
}
