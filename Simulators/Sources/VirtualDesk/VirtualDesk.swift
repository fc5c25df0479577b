import Foundation
package import Hummingbird
public import Logging
import NIOCore
public import ServiceLifecycle
public import SimulationKit
import Synchronization

/// The virtual desk: a page on the loopback interface where a person drags cards onto readers.
///
/// `run()` returns when the service group is asked to stop.
public struct VirtualDesk: Service {
    /// The longest body of an action, bytes.
    private static let actionBytesMax = 2_048
    /// Pages that may follow the readers at the same time.
    private static let followersMax = 8
    /// How often a page is told of changes, and how often it hears something at all.
    private static let lookInterval = Duration.milliseconds(150)
    private static let looksPerHeartbeat = 30

    private let simulation: Simulation
    private let configuration: DeskConfiguration
    private let logger: Logger
    private let ready: @Sendable () async -> Void
    private let followers = FollowerCount()

    /// Makes a desk.
    ///
    /// - Parameters:
    ///   - simulation: whose readers and cards are shown.
    ///   - configuration: port, token and kiosk.
    ///   - logger: gets starts and stops, never what is on a card.
    ///   - ready: called when the page can be opened.
    public init(
        simulation: Simulation,
        configuration: DeskConfiguration,
        logger: Logger,
        ready: @escaping @Sendable () async -> Void
    ) {
        self.simulation = simulation
        self.configuration = configuration
        self.logger = logger
        self.ready = ready
    }

    /// Serves the page until shutdown.
    ///
    /// - Throws: when the port is taken.
    public func run() async throws {
        let ready = ready
        let application = Application(
            router: router(),
            configuration: ApplicationConfiguration(
                address: .hostname(DeskConfiguration.host, port: configuration.port),
                serverName: "OneCard virtual desk"
            ),
            onServerRunning: { _ in await ready() },
            logger: logger
        )
        try await application.run()
    }

    /// Everything that the desk answers.
    package func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: DeskGuard(configuration: configuration))
        router.get("/") { _, _ in Self.asset(PackageResources.desk_html, "text/html; charset=utf-8") }
        router.get("/favicon.ico") { _, _ in Response(status: .noContent) }
        router.get("/assets/desk.css") { _, _ in Self.asset(PackageResources.desk_css, "text/css; charset=utf-8") }
        router.get("/assets/desk.js") { _, _ in Self.asset(PackageResources.desk_js, "text/javascript; charset=utf-8") }
        router.get("/desk/state") { _, _ in
            DeskJSON.response(.ok, DeskState(simulation, kioskURL: configuration.kioskURL))
        }
        router.get("/desk/events") { _, _ in events() }
        router.post("/desk/actions") { request, _ in try await action(request) }
        return router
    }

    private static func asset(_ bytes: [UInt8], _ type: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    // MARK: - Actions

    private func action(_ request: Request) async throws -> Response {
        var request = request
        guard let body = try? await request.collectBody(upTo: Self.actionBytesMax) else {
            return DeskFailure.response(.contentTooLarge, "desk.too-large", "an action has at most 2 KiB")
        }
        guard let command = try? JSONDecoder().decode(ControlRequest.self, from: Data(body.readableBytesView)) else {
            return DeskFailure.response(.badRequest, "desk.malformed", "the action is not understood")
        }
        // Starting and stopping pcscd waits for its process: not on a thread of the event loop.
        let response = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: simulation.respond(to: command))
            }
        }
        return DeskJSON.response(response.error == nil ? .ok : .conflict, response)
    }

    // MARK: - Events

    /// Tells the page of every change of readers and pcscd, as server-sent events.
    private func events() -> Response {
        guard followers.enter(max: Self.followersMax) else {
            return DeskFailure.response(.tooManyRequests, "desk.too-many-pages", "too many pages are open")
        }
        let headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8"]
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                defer { followers.leave() }
                try await follow(&writer)
                try await writer.finish(nil)
            }
        )
    }

    @concurrent
    private func follow(_ writer: inout any ResponseBodyWriter) async throws {
        var last = ""
        var quietLooks = 0
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let text = DeskJSON.text(simulation.status())
            quietLooks += 1
            if text != last {
                try await writer.write(ByteBuffer(string: "data: \(text)\n\n"))
                last = text
                quietLooks = 0
            } else if quietLooks >= Self.looksPerHeartbeat {
                try await writer.write(ByteBuffer(string: ": here\n\n"))
                quietLooks = 0
            }
            guard (try? await Task.sleep(for: Self.lookInterval)) != nil else { return }
        }
    }
}

/// How many pages follow the readers.
private final class FollowerCount: Sendable {
    private let count = Mutex(0)

    func enter(max: Int) -> Bool {
        count.withLock { count in
            guard count < max else { return false }
            count += 1
            return true
        }
    }

    func leave() {
        count.withLock { $0 -= 1 }
    }
}
