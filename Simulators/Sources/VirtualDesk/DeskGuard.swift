import HTTPTypes
package import Hummingbird

/// Lets requests through that come from the desk's own page.
///
/// It checks Host, Origin and, for everything but the empty page and its assets, the token.
package struct DeskGuard<Context: RequestContext>: RouterMiddleware {
    private let configuration: DeskConfiguration

    package init(configuration: DeskConfiguration) {
        self.configuration = configuration
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        if let refusal = refusal(request) {
            response = refusal
        } else {
            response = try await next(request, context)
        }
        response.headers[.cacheControl] = "no-store"
        response.headers[.contentSecurityPolicy] = configuration.contentSecurityPolicy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.deskReferrerPolicy] = "no-referrer"
        response.headers[.deskOpenerPolicy] = "same-origin"
        return response
    }

    private func refusal(_ request: Request) -> Response? {
        guard let host = request.head.authority, configuration.hosts.contains(host) else {
            return DeskFailure.response(.misdirectedRequest, "desk.wrong-host", "this is not the desk's host")
        }
        if let origin = request.headers[.origin], origin != "http://\(host)" {
            return DeskFailure.response(.forbidden, "desk.wrong-origin", "another page may not use the desk")
        }
        guard request.uri.path.hasPrefix("/desk/") else { return nil }
        guard let token = request.headers[.deskToken], configuration.token.matches(token) else {
            return DeskFailure.response(.unauthorized, "desk.token", "open the page by the address that was printed")
        }
        return nil
    }
}

extension HTTPField.Name {
    /// Carries the token of the desk page.
    static var deskToken: Self { named("X-OneCard-Desk") }
    static var deskReferrerPolicy: Self { named("Referrer-Policy") }
    static var deskOpenerPolicy: Self { named("Cross-Origin-Opener-Policy") }

    /// A name that is a token by its spelling.
    private static func named(_ text: String) -> Self {
        guard let name = Self(text) else { preconditionFailure("not a header name") }
        return name
    }
}
