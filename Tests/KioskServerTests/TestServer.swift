import Foundation
import KioskServer
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Station

/// A server on a free port, and raw HTTP to it: what a test sends is what is on the wire.
struct TestServer: Sendable {
    /// Where it listens.
    let port: Int
    /// Stops it.
    let group: ServiceGroup

    static let pointName = "kiosk-1"
    static let tokenText = String(repeating: "Ab-_9", count: 8) + "xyz"

    /// Runs a server as long as `body` runs.
    static func run(
        _ host: FakeHost,
        limits: KioskLimits = KioskLimits(),
        simulatorOrigin: String? = nil,
        health: HealthReport = HealthReport(status: .ok, version: "1.2.3", components: []),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        guard let point = ServicePointID(rawValue: pointName), let token = PageToken(tokenText) else {
            throw TestFailure("the point or the token of the test is not valid")
        }
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = try KioskServer(
            configuration: KioskConfiguration(
                port: 0,
                points: [point: token],
                simulatorOrigin: simulatorOrigin,
                limits: limits
            ),
            hosts: [point: host],
            health: { health },
            logger: logger,
            onListening: { continuation.yield($0) }
        )
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else { throw TestFailure("the server does not listen") }
            try await body(TestServer(port: port, group: group))
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// The fields that the page itself sends.
    func fields(stream: String? = nil) -> [String] {
        let fields = ["Host: 127.0.0.1:\(port)", "X-OneCard-Page: \(Self.tokenText)"]
        return fields + (stream.map { ["X-OneCard-Stream: \($0)"] } ?? [])
    }

    /// Sends one request on a connection of its own.
    func request(_ line: String, _ fields: [String], body: String = "") async throws -> TestResponse {
        let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
        let head = ["\(line) HTTP/1.1"] + fields + length + ["Connection: close", "", ""]
        return try await connect { inbound, outbound in
            try await outbound.write(ByteBuffer(string: head.joined(separator: "\r\n") + body))
            var bytes: [UInt8] = []
            for try await buffer in inbound { bytes += buffer.readableBytesView }
            return try TestResponse(bytes)
        }
    }

    /// Sends an action as the page does.
    func action(_ body: String, stream: String?) async throws -> TestResponse {
        let origin = ["Origin: http://127.0.0.1:\(port)", "Sec-Fetch-Site: same-origin"]
        return try await request("POST \(Self.actionPath)", fields(stream: stream) + origin, body: body)
    }

    /// Opens the event stream as the page does, as long as `body` runs; then the connection is closed.
    func events(_ body: (inout TestEvents) async throws -> Void) async throws {
        let head = ["GET \(Self.eventsPath) HTTP/1.1"] + fields() + ["", ""]
        try await connect { inbound, outbound in
            try await outbound.write(ByteBuffer(string: head.joined(separator: "\r\n")))
            var events = TestEvents(inbound.makeAsyncIterator())
            try await body(&events)
        }
    }

    static let eventsPath = "/kiosk/events?point=\(pointName)"
    static let actionPath = "/kiosk/actions?point=\(pointName)"

    private func connect<Result: Sendable>(
        _ body: (
            NIOAsyncChannelInboundStream<ByteBuffer>, NIOAsyncChannelOutboundWriter<ByteBuffer>
        ) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in try await body(inbound, outbound) }
    }
}

/// Why a test could not go on.
struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A response as it was on the wire.
struct TestResponse: Sendable {
    var status: Int
    /// By lower-case name.
    var fields: [String: String]
    var body: String

    init(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let gap = text.range(of: "\r\n\r\n") else { throw TestFailure("no response head in \(text.prefix(80))") }
        let lines = text[..<gap.lowerBound].components(separatedBy: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw TestFailure("no status line")
        }
        self.status = status
        fields = Dictionary(
            lines.dropFirst().compactMap { line -> (String, String)? in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                return (line[..<colon].lowercased(), value)
            },
            uniquingKeysWith: { $0 + ", " + $1 }
        )
        body = String(text[gap.upperBound...])
    }

    /// The code of an error body.
    var code: String? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any],
            let error = object["error"] as? [String: String], error["remedy"]?.isEmpty == false,
            error["message"]?.isEmpty == false
        else {
            return nil
        }
        return error["code"]
    }
}
