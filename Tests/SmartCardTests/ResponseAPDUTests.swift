import SeededRandom
import SmartCard
import Testing

@Suite
struct ResponseAPDUTests {
    @Test
    func splitsDataAndStatusWord() throws {
        let response = try ResponseAPDU(bytes: hex("03 04 322E3030", "9000"))
        #expect(response.data == hex("03 04 322E3030"))
        #expect(response.statusWord == .success)
        #expect(response.bytes == hex("03 04 322E3030 9000"))
        #expect(response == ResponseAPDU(data: hex("03 04 322E3030"), statusWord: .success))
    }

    @Test
    func takesAStatusWordAlone() throws {
        #expect(try ResponseAPDU(bytes: hex("6A82")) == ResponseAPDU(statusWord: .fileNotFound))
    }

    @Test
    func takesTheLongestResponse() throws {
        let response = try ResponseAPDU(bytes: Array(repeating: 0, count: 65_536) + hex("9000"))
        #expect(response.data.count == 65_536)
    }

    @Test(arguments: [
        hex(""),
        hex("90"),
        hex("0000"),
        hex("9000 00"),
        hex("6000"),  // the waiting byte of T=0, no status word
        hex("01 FFFF"),
        Array(repeating: 0, count: 65_537) + hex("9000"),
    ])
    func refusesWhatHasNoStatusWordOrIsTooLong(_ bytes: [UInt8]) {
        let error = #expect(throws: SmartCardError.self) { try ResponseAPDU(bytes: bytes) }
        #expect(error?.code == .apduMalformed)
    }

    @Test
    func descriptionShowsNoData() {
        #expect(ResponseAPDU(data: [0x31, 0x32], statusWord: .success).description == "2 bytes, 9000")
        #expect(ResponseAPDU(statusWord: .fileNotFound).debugDescription == "6A82")
    }

    @Test
    func hundredThousandInputsParseOrAreRefused() throws {
        var random = SplitMix64(seed: 2)
        for round in 0..<100_000 {
            let bytes = random.bytes(upTo: 16)
            guard let response = try? ResponseAPDU(bytes: bytes) else { continue }
            guard response.bytes == bytes else {
                Issue.record("round \(round) of seed 2: \(bytes)")
                return
            }
        }
    }
}
