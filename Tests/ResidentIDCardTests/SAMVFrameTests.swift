import ResidentIDCard
import Testing

/// The vectors of PROTOCOLS.md 2.2 and the arithmetic of 2.4.
@Suite
struct SAMVFrameTests {
    @Test(arguments: [
        (SAMVCommand.reset, "AAAAAA9669 0003 10 FF EC"),
        (.status, "AAAAAA9669 0003 11 FF ED"),
        (.samIdentifier, "AAAAAA9669 0003 12 FF EE"),
        (.find, "AAAAAA9669 0003 20 01 22"),
        (.select, "AAAAAA9669 0003 20 02 21"),
        (.read, "AAAAAA9669 0003 30 01 32"),
        (.readFingerprint, "AAAAAA9669 0003 30 10 23"),
        (.readAddresses, "AAAAAA9669 0003 30 03 30"),
        (SAMVCommand(code: 0x60, parameter: 0x00), "AAAAAA9669 0003 60 00 63"),
        (SAMVCommand(code: 0x60, parameter: 0x04), "AAAAAA9669 0003 60 04 67"),
    ])
    func requestsHaveTheBytesOfTheStandard(_ command: SAMVCommand, _ frame: String) {
        #expect(command.frame == hex(frame))
    }

    @Test(arguments: [
        ("00", "AAAAAA9669 0002 00 02"),  // sleep of some readers
        ("01", "AAAAAA9669 0002 01 03"),  // wake
        ("00009F 00000000", "AAAAAA9669 0008 00009F 00000000 97"),
        ("000090 0000000000000000", "AAAAAA9669 000C 000090 0000000000000000 9C"),
        ("000080", "AAAAAA9669 0004 000080 84"),
        ("000081", "AAAAAA9669 0004 000081 85"),
        ("000041", "AAAAAA9669 0004 000041 45"),
    ])
    func framesAreWrittenAndFound(_ payload: String, _ frame: String) {
        #expect(SAMVFrame(payload: hex(payload)).encoded == hex(frame))
        var parser = SAMVFrameParser(lengths: 2...64)
        #expect(parser.feed(hex(frame)) == [.frame(SAMVFrame(payload: hex(payload)))])
        #expect(parser.pendingCount == 0)
    }

    @Test(arguments: [(SAMVCommand.read, nil, 1_295), (.readFingerprint, 0, 1_297), (.readFingerprint, 512, 1_809)])
    func readResponsesHaveTheLengthsOfTheStandard(_ command: SAMVCommand, _ fingerprint: Int?, _ total: Int) {
        var lengths = hex("0100 0400")
        if let fingerprint { lengths += [UInt8(fingerprint >> 8), UInt8(truncatingIfNeeded: fingerprint)] }
        let parts = [UInt8](repeating: 0x20, count: 256 + 1_024 + (fingerprint ?? 0))
        let response = SAMVResponse(status: .success, data: lengths + parts)
        #expect(response.frame.encoded.count == total)
        #expect(command.admits(response))
    }

    @Test
    func theLongestFrameHasTwoFingerprints() {
        #expect(SAMVFrame.byteCountMax == 2_321)
        #expect(SAMVFrame(payload: Array(repeating: 1, count: SAMVFrame.payloadCountMax)).encoded.count == 2_321)
    }

    @Test
    func responsesAreTakenApartAndPutTogether() {
        let response = SAMVResponse(status: SAMVStatus(0x12, 0x34, 0x41), data: [1, 2, 3])
        #expect(response.frame.payload == hex("123441 010203"))
        #expect(SAMVResponse(response.frame) == response)
        #expect(SAMVResponse(SAMVFrame(payload: [0, 0])) == nil)
    }
}
