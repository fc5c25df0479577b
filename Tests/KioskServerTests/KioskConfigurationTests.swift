import Logging
import Station
import Testing

@testable import KioskServer

@Suite
struct KioskConfigurationTests {
    private func server(_ configuration: KioskConfiguration, hosts: [ServicePointID: any KioskSessionHost] = [:]) throws
    {
        _ = try KioskServer(
            configuration: configuration,
            hosts: hosts,
            health: { HealthReport(status: .ok, version: "", components: []) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    @Test(arguments: ["0.0.0.0", "192.168.1.2", "localhost", "", "::"])
    func thePageStaysOnThisMachine(_ host: String) throws {
        #expect { try server(KioskConfiguration(host: host, port: 8440, points: [:])) } throws: {
            ($0 as? KioskError)?.code == .configuration
        }
    }

    @Test(arguments: [
        "", "*", "http://127.0.0.1", "http://127.0.0.1:8490/", "http://127.0.0.1:8490; script-src *",
        "https://evil.example",
        "http://127.0.0.1:0", "http://127.0.0.1:8490\r\nX: y",
    ])
    func theSimulatorsOriginIsAnOrigin(_ origin: String) throws {
        #expect { try server(KioskConfiguration(port: 8440, points: [:], simulatorOrigin: origin)) } throws: {
            ($0 as? KioskError)?.code == .configuration
        }
    }

    @Test
    func everyPointHasAHostAndAToken() throws {
        let point = try #require(ServicePointID(rawValue: "kiosk-1"))
        let token = try #require(PageToken(TestServer.tokenText))
        #expect(throws: KioskError.self) { try server(KioskConfiguration(port: 8440, points: [point: token])) }
        let host = FakeHost(showing: Fixtures.presentation(.takeCard))
        #expect(throws: KioskError.self) {
            try server(KioskConfiguration(port: 8440, points: [:]), hosts: [point: host])
        }
        try server(KioskConfiguration(port: 8440, points: [point: token]), hosts: [point: host])
    }

    @Test(arguments: ["", "a", String(repeating: "a", count: 42), String(repeating: "a", count: 42) + "="])
    func aTokenIs43CharactersOfBase64URL(_ text: String) {
        #expect(PageToken(text) == nil)
    }

    @Test
    func aTokenIsNeverPrinted() throws {
        let token = try #require(PageToken(TestServer.tokenText))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!"\(token) \(String(reflecting: token)) \(dumped)".contains("Ab-"))
        #expect(token.matches(TestServer.tokenText))
        #expect(!token.matches(nil))
        #expect(!token.matches(TestServer.tokenText.uppercased()))
    }
}
