import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Testing
import VirtualCard
import VirtualDesk

/// The guard in front of two routes: the empty page and the state.
@Suite
struct DeskGuardTests {
    private let configuration: DeskConfiguration
    private let responder: RouterResponder<BasicRequestContext>

    init() {
        var random = SplitMix64(seed: 1)
        configuration = DeskConfiguration(port: 8490, token: DeskToken(using: &random), kioskURL: nil)
        let router = Router()
        router.add(middleware: DeskGuard(configuration: configuration))
        router.get("/") { _, _ in "page" }
        router.get("/desk/state") { _, _ in "state" }
        responder = router.buildResponder()
    }

    private func respond(
        _ path: String,
        host: String = "127.0.0.1:8490",
        origin: String? = nil,
        token: String? = nil
    ) async throws -> Response {
        var head = HTTPRequest(method: .get, scheme: "http", authority: host, path: path)
        head.headerFields[.origin] = origin
        if let token, let name = HTTPField.Name("X-OneCard-Desk") {
            head.headerFields[name] = token
        }
        let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test"))
        return try await responder.respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer())),
            context: BasicRequestContext(source: source)
        )
    }

    @Test
    func pageNeedsNoTokenAndIsNeverStored() async throws {
        let response = try await respond("/")
        #expect(response.status == .ok)
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(response.headers[.contentSecurityPolicy] == configuration.contentSecurityPolicy)
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test
    func stateNeedsTheToken() async throws {
        #expect(try await respond("/desk/state", token: configuration.token.text).status == .ok)
        #expect(try await respond("/desk/state").status == .unauthorized)
        #expect(try await respond("/desk/state", token: "wrong").status == .unauthorized)
    }

    @Test(arguments: ["evil.example", "127.0.0.1", "127.0.0.1:80", "[::1]:8490"])
    func otherHostsAreMisdirected(_ host: String) async throws {
        let response = try await respond("/desk/state", host: host, token: configuration.token.text)
        #expect(response.status == .misdirectedRequest)
    }

    @Test(arguments: ["http://evil.example", "null", "http://127.0.0.1:8440", "https://127.0.0.1:8490"])
    func otherOriginsAreForbidden(_ origin: String) async throws {
        let token = configuration.token.text
        #expect(try await respond("/desk/state", origin: origin, token: token).status == .forbidden)
        #expect(try await respond("/", origin: origin).status == .forbidden)
        let own = try await respond("/desk/state", origin: "http://127.0.0.1:8490", token: token)
        #expect(own.status == .ok)
    }
}
