import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Station

/// The addresses of the page's server and what stands behind them.
struct KioskRoutes: Sendable {
    let configuration: KioskConfiguration
    let hosts: [ServicePointID: any KioskSessionHost]
    let renderer: PageRenderer
    let pages: LivePages
    let address: KioskAddress
    let health: @Sendable () async -> HealthReport
    let logger: Logger

    /// All addresses, behind the checks that hold for each.
    func router() -> Router<KioskRequestContext> {
        let router = Router(context: KioskRequestContext.self)
        router.add(middleware: IsolationHeaders(simulatorOrigin: configuration.simulatorOrigin))
        router.add(middleware: ErrorResponses(logger: logger))
        router.add(middleware: OriginCheck(address: address))
        let shell = ByteBuffer(string: renderer.shell(simulated: configuration.simulated))
        let style = ByteBuffer(bytes: KioskAssets.styleSheet)
        let script = ByteBuffer(bytes: KioskAssets.script)
        router.get("/") { _, _ in Self.file(shell, "text/html; charset=utf-8") }
        router.get("/assets/kiosk.css") { _, _ in Self.file(style, "text/css; charset=utf-8") }
        router.get("/assets/kiosk.js") { _, _ in Self.file(script, "text/javascript; charset=utf-8") }
        router.get("/health") { _, _ in try await self.healthResponse() }
        router.get("/kiosk/events") { request, context in try self.events(request, context) }
        router.post("/kiosk/actions") { request, _ in try await self.action(request) }
        return router
    }

    private static func file(_ bytes: ByteBuffer, _ type: String) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: bytes))
    }

    private func healthResponse() async throws -> Response {
        let report = await health()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Response(
            status: report.status == .failing ? .serviceUnavailable : .ok,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(report)))
        )
    }

    /// The service point of a request that carries its page token.
    private func point(_ request: Request) throws(KioskError) -> (id: ServicePointID, host: any KioskSessionHost) {
        let name = request.uri.queryParameters["point"].map(String.init) ?? ""
        guard let point = ServicePointID(rawValue: name), let host = hosts[point],
            let token = configuration.points[point]
        else {
            throw KioskError(.unknownPoint, "there is no service point of that name")
        }
        guard token.matches(request.headers[.kioskPage]) else {
            throw KioskError(.token, "the page token is missing or wrong")
        }
        return (point, host)
    }

    private func events(_ request: Request, _ context: KioskRequestContext) throws -> Response {
        let (point, host) = try point(request)
        try pages.admit(point)
        let stream = PageStream(
            point: point,
            page: PageID(rawValue: .random(in: .min ... .max)),
            host: host,
            renderer: renderer,
            pages: pages,
            limits: configuration.limits,
            channel: context.channel,
            logger: logger
        )
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8"],
            body: ResponseBody { writer in try await stream.run(request, &writer) }
        )
    }

    private func action(_ request: Request) async throws -> Response {
        let (point, host) = try point(request)
        let (page, feed) = try pages.live(request.headers[.kioskStream], at: point)
        let body = try await request.body.collect(upTo: KioskLimits.bodyBytesMax)
        switch try ActionRequest(body.readableBytesView) {
        case .input(let input): await host.input(input, from: page)
        case .language(let language): feed.choose(language)
        }
        return Response(status: .noContent)
    }
}
