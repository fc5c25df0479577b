import Testing
import VirtualCard
import VirtualDesk

@Suite
struct DeskConfigurationTests {
    private func configuration(_ kioskURL: String?) -> DeskConfiguration {
        var random = SplitMix64(seed: 1)
        return DeskConfiguration(port: 8490, token: DeskToken(using: &random), kioskURL: kioskURL)
    }

    @Test
    func tokenHas43CharactersAndMatchesOnlyItself() {
        var random = SplitMix64(seed: 1)
        let token = DeskToken(using: &random)
        let other = DeskToken(using: &random)
        #expect(token.text.utf8.count == 43 && token.matches(token.text))
        #expect(!token.matches(other.text) && !token.matches("") && !token.matches(token.text + "A"))
        #expect("\(token)" == "DeskToken")
    }

    @Test(arguments: [
        ("http://127.0.0.1:8440/?point=kiosk-1#token=abc", "http://127.0.0.1:8440"),
        ("http://localhost:8440", "http://localhost:8440"), ("http://127.0.0.1:8440#t", "http://127.0.0.1:8440"),
    ])
    func kioskOriginIsTheAddressWithoutPathAndToken(_ url: String, _ origin: String) {
        #expect(configuration(url).kioskOrigin == origin)
        #expect(configuration(url).contentSecurityPolicy.contains("frame-src \(origin);"))
    }

    @Test
    func policyLoadsNothingFromElsewhere() {
        let policy = configuration(nil).contentSecurityPolicy
        #expect(policy.hasPrefix("default-src 'none'"))
        #expect(policy.contains("frame-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
    }

    @Test
    func onlyTheLoopbackNamesAreHosts() {
        #expect(configuration(nil).hosts == ["127.0.0.1:8490", "localhost:8490"])
    }
}
