import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

extension HTTPField.Name {
    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a field name") }
        return name
    }

    /// The page token.
    static let kioskPage = known("X-OneCard-Page")
    /// The stream that an action belongs to.
    static let kioskStream = known("X-OneCard-Stream")
    /// Who made the browser send the request.
    static let fetchSite = known("Sec-Fetch-Site")
    static let frameOptions = known("X-Frame-Options")
    static let referrerPolicy = known("Referrer-Policy")
    static let resourcePolicy = known("Cross-Origin-Resource-Policy")
    static let openerPolicy = known("Cross-Origin-Opener-Policy")
    static let permissionsPolicy = known("Permissions-Policy")
}

/// Puts the headers that keep the page to itself on every response, errors included.
struct IsolationHeaders: RouterMiddleware {
    typealias Context = KioskRequestContext

    private let fields: HTTPFields

    /// - Parameter simulatorOrigin: who may frame the page; nil for nobody.
    init(simulatorOrigin: String?) {
        let policy = [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
            "img-src 'self' data:", "frame-ancestors \(simulatorOrigin ?? "'none'")", "base-uri 'none'",
            "form-action 'none'",
        ]
        var fields: HTTPFields = [
            .cacheControl: "no-store",
            .contentSecurityPolicy: policy.joined(separator: "; "),
            .xContentTypeOptions: "nosniff",
            .referrerPolicy: "no-referrer",
            .resourcePolicy: "same-origin",
            .openerPolicy: "same-origin",
            .permissionsPolicy: "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        ]
        if simulatorOrigin == nil { fields[.frameOptions] = "DENY" }
        self.fields = fields
    }

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in fields { response.headers[field.name] = field.value }
        return response
    }
}

/// Turns every error into `{"error":{"code":…,"message":…,"remedy":…}}`.
struct ErrorResponses: RouterMiddleware {
    typealias Context = KioskRequestContext

    private struct Body: Encodable {
        struct Failure: Encodable {
            var code: String
            var message: String
            var remedy: String
        }
        var error: Failure
    }

    let logger: Logger

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let refusal = kioskError(error)
            log(refusal, type(of: error))
            return response(refusal)
        }
    }

    private func kioskError(_ error: any Error) -> KioskError {
        switch error {
        case let error as KioskError: error
        case let error as any HTTPResponseError where error.status == .notFound:
            KioskError(.notFound, "no such address")
        case is NIOTooManyBytesError:
            KioskError(.bodyTooLarge, "an action has at most \(KioskLimits.bodyBytesMax) bytes")
        default: KioskError(.failure, "the request could not be handled", cause: error)
        }
    }

    /// Tells what was refused; of an unknown error only its type, since its text may say more than a log should.
    private func log(_ refusal: KioskError, _ type: any Error.Type) {
        var metadata: Logger.Metadata = ["kiosk.code": .string(refusal.code.rawValue)]
        guard refusal.code == .failure else { return logger.notice("request refused", metadata: metadata) }
        metadata["error.type"] = .string(String(describing: type))
        logger.error("request failed", metadata: metadata)
    }

    private func response(_ error: KioskError) -> Response {
        let body = Body(
            error: .init(code: error.code.rawValue, message: error.message, remedy: error.remedy)
        )
        let json = (try? JSONEncoder().encode(body)) ?? Data("{}".utf8)
        return Response(
            status: error.status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json))
        )
    }
}

/// Refuses a request that does not name this server, or that another site made the browser send.
struct OriginCheck: RouterMiddleware {
    typealias Context = KioskRequestContext

    let address: KioskAddress

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard address.isHost(request.head.authority) else {
            throw KioskError(.host, "the request is for another host")
        }
        let origin = request.headers[.origin]
        let isOwn = origin.map(address.isOrigin) ?? (request.method == .get)
        guard isOwn else { throw KioskError(.origin, "the request comes from another origin") }
        if request.uri.path.hasPrefix("/kiosk/"), let site = request.headers[.fetchSite], site != "same-origin" {
            throw KioskError(.origin, "the request comes from another site")
        }
        return try await next(request, context)
    }
}
