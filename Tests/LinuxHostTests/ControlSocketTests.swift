import Glibc
import HubProtocol
import Station
import Testing

@testable import LinuxHost

@Suite struct ControlSocketTests {
    private let path = "/tmp/onecard-\(UInt64.random(in: 0...UInt64.max)).sock"

    /// Asks from a thread of its own: a blocked test would hold the pool that the handler needs.
    private func ask(
        _ question: [String: CanonicalJSON],
        timeoutSeconds: Int = ControlMessage.timeoutSeconds
    ) async throws -> [String: CanonicalJSON] {
        let client = ControlClient(path: path)
        return try await withCheckedThrowingContinuation { continuation in
            Thread.start(name: "asker") {
                continuation.resume(with: Result { try client.ask(question, timeoutSeconds: timeoutSeconds) })
            }
        }
    }

    private func codeOfSilence() async -> String {
        do {
            _ = try await ask(["command": "status"], timeoutSeconds: 1)
            return "none"
        } catch {
            return FailureCode.of(error)
        }
    }

    @Test func aQuestionIsAnswered() async throws {
        let server = ControlServer(path: path) { question in ["echo": question["command"] ?? "none"] }
        try server.start()
        defer { server.stop() }
        #expect(try await ask(["command": "status"])["echo"] == "status")
    }

    @Test func aFailureKeepsItsCode() async throws {
        let server = ControlServer(path: path) { _ in
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

    @Test(.timeLimit(.minutes(1)), arguments: [8, 0])
    func aSilentDaemonIsToldFromAnAbsentOne(waitingConnections: Int32) async throws {
        var address = try #require(UnixSocketAddress(path: path))
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(listener)
            unlink(path)
        }
        try #require(address.withPointer { bind(listener, $0, $1) } == 0)
        try #require(listen(listener, waitingConnections) == 0)
        // Nobody takes connections: this one waits in the queue and, with a queue of one, fills it for the question.
        let other = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(other) }
        try #require(address.withPointer { connect(other, $0, $1) } == 0)
        #expect(await codeOfSilence() == "service.not-answering")
    }

    @Test func theSocketIsForItsOwnerAlone() throws {
        let server = ControlServer(path: path) { _ in [:] }
        try server.start()
        defer { server.stop() }
        var status = stat()
        try #require(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func aLineThatIsNoCanonicalObjectIsRefused() {
        for line in ["", "[]", "{\"a\": 1}", "{\"b\":1,\"a\":2}", "nonsense"] {
            #expect(throws: StationError.self) { try ControlMessage.parse(Array(line.utf8)) }
        }
    }
}
