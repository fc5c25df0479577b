import ResidentIDCard
import Testing

/// The number of the module and the times of a profile.
@Suite
struct SAMVValueTests {
    @Test(arguments: [
        ("0500 0100 61DB3201 01000000 02000000", "05.01-20110177-0000000001-0000000002"),
        ("0000 0000 00000000 00000000 00000000", "00.00-00000000-0000000000-0000000000"),
        ("FFFF FFFF FFFFFFFF FFFFFFFF FFFFFFFF", "65535.65535-4294967295-4294967295-4294967295"),
    ])
    func moduleNumbersAreWrittenAsOnTheReader(_ bytes: String, _ text: String) {
        #expect(SAMIdentifier(bytes: hex(bytes))?.text == text)
        #expect(SAMIdentifier(bytes: hex(bytes)).map { "\($0)" } == text)
    }

    @Test(arguments: [0, 15, 17])
    func moduleNumbersOfAnotherLengthAreRefused(_ count: Int) {
        #expect(SAMIdentifier(bytes: Array(repeating: UInt8(1), count: count)) == nil)
    }

    @Test
    func standardTimesAreThoseOfShippingDrivers() {
        let timings = SAMVTimings.standard
        #expect(timings.find == .milliseconds(800))
        #expect(timings.select == .milliseconds(300))
        #expect(timings.read == .milliseconds(2_000))
        #expect(timings.readFingerprint == .milliseconds(3_000))
        #expect(timings.newAddress == .milliseconds(1_500))
        #expect(timings.samID == .milliseconds(300))
        #expect(timings.status == .milliseconds(300))
    }

    @Test
    func timesOfAProfileAreTakenWithinTheirBounds() {
        let timings = SAMVTimings(find: .milliseconds(10), read: .seconds(30))
        #expect(timings?.find == .milliseconds(10))
        #expect(timings?.read == .seconds(30))
        #expect(timings?.select == SAMVTimings.standard.select)
        #expect(SAMVTimings(find: .milliseconds(9)) == nil)
        #expect(SAMVTimings(select: .zero) == nil)
        #expect(SAMVTimings(read: .milliseconds(30_001)) == nil)
        #expect(SAMVTimings(findPause: .seconds(-1)) == nil)
    }
}
