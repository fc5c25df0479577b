import Benefits
import Station
import Testing

@testable import KioskServer

@Suite
struct ActionRequestTests {
    @Test(arguments: [
        (#"{"action":"usePIN"}"#, KioskInput.usePIN), (#"{"action":"confirmPIN","value":true}"#, .confirmPIN(true)),
        (#"{"action":"confirmPIN","value":false}"#, .confirmPIN(false)),
        (#"{"action":"pinKey","value":"aB3-_"}"#, .pinKey(token: "aB3-_")),
        (#"{"action":"openBenefit","value":"DIBAO"}"#, .openBenefit(.dibao)), (#"{"action":"back"}"#, .back),
        (#"{"action":"help"}"#, .help), (#"{"action":"moreTime"}"#, .moreTime), (#"{"action":"finish"}"#, .finish),
        (#"{"action":"rate","value":3}"#, .rate(3)), (#" { "value" : 1 , "action" : "rate" } "#, .rate(1)),
        (#"{"action":"skipRating"}"#, .skipRating),
    ])
    func everyActionIsUnderstood(_ body: String, _ expected: KioskInput) throws {
        #expect(try ActionRequest(Array(body.utf8)) == .input(expected))
    }

    @Test
    func theLanguageIsForTheStream() throws {
        #expect(try ActionRequest(Array(#"{"action":"language","value":"en"}"#.utf8)) == .language(.english))
        #expect(try ActionRequest(Array(#"{"action":"language","value":"zh-Hans"}"#.utf8)) == .language(.chinese))
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "42", #""usePIN""#, #"{"action":null}"#, #"{"action":"fly"}"#, #"{"action":"USEPIN"}"#,
        #"{"action":"usePIN","value":null}"#, #"{"action":"usePIN","value":1}"#, #"{"action":"confirmPIN"}"#,
        #"{"action":"confirmPIN","value":"true"}"#, #"{"action":"confirmPIN","value":1}"#, #"{"action":"pinKey"}"#,
        #"{"action":"pinKey","value":""}"#, #"{"action":"pinKey","value":"a b"}"#, #"{"action":"pinKey","value":7}"#,
        #"{"action":"openBenefit","value":"dibao"}"#, #"{"action":"openBenefit","value":"../DIBAO"}"#,
        #"{"action":"rate","value":0}"#, #"{"action":"rate","value":4}"#, #"{"action":"rate","value":"3"}"#,
        #"{"action":"rate","value":2.5}"#, #"{"action":"rate","value":99999999999999999999}"#,
        #"{"action":"language","value":"fr"}"#, #"{"action":"help","extra":1}"#, #"{"action":"help"} {}"#,
        #"{"action":"help""#, "\u{FEFF}", #"{"action":["help"]}"#, #"{"action":"pinKey","value":{"a":1}}"#,
    ])
    func anythingElseIsMalformed(_ body: String) {
        #expect { try ActionRequest(Array(body.utf8)) } throws: { ($0 as? KioskError)?.code == .malformed }
    }

    @Test
    func aKeysTokenHasALimit() throws {
        let fits = String(repeating: "a", count: KioskLimits.keyTokenLengthMax)
        #expect(
            try ActionRequest(Array(#"{"action":"pinKey","value":"\#(fits)"}"#.utf8)) == .input(.pinKey(token: fits))
        )
        #expect(throws: KioskError.self) { try ActionRequest(Array(#"{"action":"pinKey","value":"\#(fits)a"}"#.utf8)) }
    }

    @Test(.timeLimit(.minutes(2)))
    func hostileBytesNeverTrap() async {
        var random = SplitMix64(seed: 0x0A_C710)
        let seeds = [
            #"{"action":"pinKey","value":"aB3"}"#, #"{"action":"rate","value":3}"#,
            #"{"action":"confirmPIN","value":true}"#,
        ].map { Array($0.utf8) }
        var accepted = 0
        for round in 0..<100_000 {
            // Tests with deadlines run beside this one.
            if round.isMultiple(of: 500) { await Task.yield() }
            let body = round.isMultiple(of: 2) ? random.bytes(upTo: 40) : random.mutated(seeds[round / 2 % seeds.count])
            if (try? ActionRequest(body)) != nil { accepted += 1 }
        }
        #expect(accepted < 50_000)
        let deep = Array((String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)).utf8)
        #expect(throws: KioskError.self) { try ActionRequest(deep) }
    }
}
