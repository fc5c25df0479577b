import Logging
import Station
import Testing

@testable import KioskServer

/// Who gets what over HTTP.
@Suite(.timeLimit(.minutes(1)))
struct IsolationTests {
    private let host = FakeHost(showing: Fixtures.presentation(.idle(IdleScreen())))

    @Test
    func everyResponseKeepsThePageToItself() async throws {
        try await TestServer.run(host) { server in
            for path in ["/", "/assets/kiosk.css", "/assets/kiosk.js", "/health", "/nowhere", "/kiosk/events"] {
                let response = try await server.request("GET \(path)", ["Host: 127.0.0.1:\(server.port)"])
                #expect(response.fields["cache-control"] == "no-store", "\(path)")
                #expect(response.fields["x-content-type-options"] == "nosniff", "\(path)")
                #expect(response.fields["referrer-policy"] == "no-referrer", "\(path)")
                #expect(response.fields["x-frame-options"] == "DENY", "\(path)")
                #expect(response.fields["set-cookie"] == nil, "\(path)")
                let policy = try #require(response.fields["content-security-policy"])
                #expect(
                    policy == "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                        + "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
                )
            }
        }
    }

    @Test
    func onlyTheSimulatorMayFrameThePageOfASimulatedStation() async throws {
        try await TestServer.run(host, simulatorOrigin: "http://127.0.0.1:8490") { server in
            let response = try await server.request("GET /", ["Host: 127.0.0.1:\(server.port)"])
            #expect(
                response.fields["content-security-policy"]?.contains("frame-ancestors http://127.0.0.1:8490;") == true
            )
            #expect(response.fields["x-frame-options"] == nil)
            #expect(response.body.contains("演示"), "the shell is watermarked too")
        }
    }

    @Test
    func theShellHasNoDataAndNothingFromElsewhere() async throws {
        try await TestServer.run(host) { server in
            let page = try await server.request("GET /?point=kiosk-1", ["Host: 127.0.0.1:\(server.port)"])
            #expect(page.status == 200)
            #expect(page.fields["content-type"] == "text/html; charset=utf-8")
            #expect(page.body.contains("<script src=\"/assets/kiosk.js\" defer></script>"))
            #expect(!page.body.contains("http://") && !page.body.contains("https://") && !page.body.contains("演示"))
            let script = try await server.request("GET /assets/kiosk.js", ["Host: 127.0.0.1:\(server.port)"])
            #expect(script.body.contains("\"use strict\""))
            for word in [
                "localStorage", "sessionStorage", "document.cookie", "indexedDB", "http://", "https://", "eval(",
            ] {
                #expect(!script.body.contains(word), "\(word)")
            }
        }
    }

    @Test(arguments: [
        "Host: localhost:%", "Host: 127.0.0.1", "Host: 127.0.0.1:1", "Host: evil.example:%",
        "Host: 127.0.0.1.evil.example:%",
    ])
    func aRequestForAnotherHostIsRefused(_ field: String) async throws {
        try await TestServer.run(host) { server in
            let field = field.replacing("%", with: String(server.port))
            for path in ["/", "/health", TestServer.eventsPath] {
                let response = try await server.request(
                    "GET \(path)",
                    [field, "X-OneCard-Page: \(TestServer.tokenText)"]
                )
                #expect(response.status == 421)
                #expect(response.code == "kiosk.host")
            }
        }
    }

    @Test(arguments: [
        "Origin: http://evil.example", "Origin: null", "Origin: http://127.0.0.1:1", "Origin: https://127.0.0.1:%",
        "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: none",
    ])
    func aRequestFromAnotherSiteIsRefused(_ field: String) async throws {
        try await TestServer.run(host) { server in
            let field = field.replacing("%", with: String(server.port))
            let events = try await server.request("GET \(TestServer.eventsPath)", server.fields() + [field])
            #expect(events.status == 403)
            #expect(events.code == "kiosk.origin")
            let action = try await server.request(
                "POST \(TestServer.actionPath)",
                server.fields(stream: "0") + [field],
                body: #"{"action":"help"}"#
            )
            #expect(action.status == 403)
            #expect(action.code == "kiosk.origin")
        }
    }

    @Test
    func anActionWithoutAnOriginIsRefused() async throws {
        try await TestServer.run(host) { server in
            let response = try await server.request(
                "POST \(TestServer.actionPath)",
                server.fields(stream: "0"),
                body: #"{"action":"help"}"#
            )
            #expect(response.status == 403)
        }
    }

    @Test(arguments: [
        nil, "", "short", String(repeating: "A", count: 43), TestServer.tokenText + "A",
        String(TestServer.tokenText.dropLast()),
    ])
    func aWrongTokenIsRefused(_ token: String?) async throws {
        try await TestServer.run(host) { server in
            let fields = ["Host: 127.0.0.1:\(server.port)"] + (token.map { ["X-OneCard-Page: \($0)"] } ?? [])
            let events = try await server.request("GET \(TestServer.eventsPath)", fields)
            #expect(events.status == 401)
            #expect(events.code == "kiosk.token")
            #expect(!events.body.contains("Ab-_9"))
            let action = try await server.request(
                "POST \(TestServer.actionPath)",
                fields + ["Origin: http://127.0.0.1:\(server.port)"],
                body: #"{"action":"help"}"#
            )
            #expect(action.status == 401)
        }
    }

    @Test(arguments: [
        "/kiosk/events", "/kiosk/events?point=", "/kiosk/events?point=kiosk-2", "/kiosk/events?point=%FF",
    ])
    func anUnknownServicePointIsRefused(_ path: String) async throws {
        try await TestServer.run(host) { server in
            let response = try await server.request("GET \(path)", server.fields())
            #expect(response.status == 404)
            #expect(response.code == "kiosk.unknown-point")
        }
    }

    @Test
    func aBodyBeyondTheLimitIsRefused() async throws {
        try await TestServer.run(host) { server in
            try await server.events { events in
                let stream = try await events.next("hello").text("page")
                let padding = String(repeating: " ", count: KioskLimits.bodyBytesMax)
                let large = try await server.action(#"{"action":"help"}"# + padding, stream: stream)
                #expect(large.status == 413)
                #expect(large.code == "kiosk.body-too-large")
                let malformed = try await server.action(#"{"action":"fly"}"#, stream: stream)
                #expect(malformed.status == 400)
                #expect(malformed.code == "kiosk.malformed")
            }
        }
    }

    @Test
    func anActionWithoutALivePageIsRefused() async throws {
        try await TestServer.run(host) { server in
            let response = try await server.action(#"{"action":"help"}"#, stream: nil)
            #expect(response.status == 409)
            #expect(response.code == "kiosk.superseded")
        }
    }

    @Test
    func headersBeyondTheLimitAreRefused() async throws {
        try await TestServer.run(host) { server in
            let field = "X-Long: " + String(repeating: "a", count: KioskLimits.headerFieldBytesMax + 1)
            let long = try await server.request("GET /", server.fields() + [field])
            #expect(long.status == 400)
            let many = (0...KioskLimits.headerFieldsMax).map { "X-\($0): a" }
            let numerous = try await server.request("GET /", server.fields() + many)
            #expect(numerous.status == 400)
        }
    }

    @Test(arguments: [
        "GET /nowhere", "POST /", "GET /kiosk/actions?point=kiosk-1", "DELETE /health", "GET /assets/../x",
    ])
    func otherAddressesDoNotExist(_ line: String) async throws {
        try await TestServer.run(host) { server in
            let fields = server.fields() + ["Origin: http://127.0.0.1:\(server.port)"]
            let response = try await server.request(line, fields)
            #expect(response.status == 404)
            #expect(response.code == "kiosk.not-found")
        }
    }

    @Test
    func healthNeedsNoToken() async throws {
        let report = HealthReport(
            status: .failing,
            version: "1.2.3",
            components: [.init(name: "ledger", status: .failing, code: "ledger.missing")]
        )
        try await TestServer.run(host, health: report) { server in
            let response = try await server.request("GET /health", ["Host: 127.0.0.1:\(server.port)"])
            #expect(response.status == 503)
            #expect(
                response.body
                    == #"{"components":[{"code":"ledger.missing","name":"ledger","status":"failing"}],"status":"failing","version":"1.2.3"}"#
            )
        }
    }

    @Test
    func anAddressThatIsTakenHasItsCode() async throws {
        try await TestServer.run(host) { server in
            let point = try #require(ServicePointID(rawValue: TestServer.pointName))
            let token = try #require(PageToken(TestServer.tokenText))
            let second = try KioskServer(
                configuration: KioskConfiguration(port: server.port, points: [point: token]),
                hosts: [point: FakeHost(showing: Fixtures.presentation(.takeCard))],
                health: { HealthReport(status: .ok, version: "", components: []) },
                logger: .init(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            await #expect { try await second.run() } throws: { ($0 as? KioskError)?.code == .address }
        }
    }
}
