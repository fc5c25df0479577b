import SeededRandom
import SmartCard
import Testing

@Suite
struct SimpleTLVTests {
    /// All records of an issuer's file with dates as text, as one card in the field gives them; code and number are
    /// made up.
    static let issuerFile = hex(
        "01 10 999999D1560000050000000100000000",  // identification code
        "02 01 33",  // card class
        "03 04 322E3000",  // spec version "2.0" and zero
        "04 0C 915600000299999900000000",  // initialisation organisation
        "05 04 32303132",  // issue date as the text 2012
        "06 04 32303232",  // expiry date as the text 2022
        "07 09 583939393939393939"  // card number
    )

    @Test
    func readsAllRecordsOfAFile() throws {
        let elements = try SimpleTLV.parse(Self.issuerFile)
        #expect(elements.map(\.tag) == [1, 2, 3, 4, 5, 6, 7])
        #expect(elements.map(\.value.count) == [16, 1, 4, 12, 4, 4, 9])
        #expect(elements.flatMap(\.bytes) == Self.issuerFile)
    }

    @Test(arguments: ["", "00", "0000", "FFFFFF"])
    func takesARecordWithFillingBehindIt(_ filling: String) throws {
        let element = try SimpleTLV(record: hex("03 04 322E3030") + hex(filling))
        #expect(element == SimpleTLV(tag: 0x03, value: hex("322E3030")))
    }

    @Test
    func takesEmptyAndLongestValues() throws {
        #expect(try SimpleTLV(record: hex("4E 00")).value.isEmpty)
        #expect(try SimpleTLV(record: hex("4E FF") + Array(repeating: 1, count: 255)).value.count == 255)
    }

    @Test(arguments: [
        hex(""),
        hex("03"),
        hex("03 04 322E30"),  // cut
        hex("00 01 33"),  // no tag
        hex("FF 01 33"),  // no tag
        hex("02 01 33 34"),  // something behind it
        hex("02 01 33 00 FF"),  // filling of two kinds
        hex("4E FF") + Array(repeating: 1, count: 254),
    ])
    func refusesMalformedRecords(_ record: [UInt8]) {
        let error = #expect(throws: SmartCardError.self) { try SimpleTLV(record: record) }
        #expect(error?.code == .tlvMalformed)
    }

    @Test
    func refusesTooManyElements() throws {
        let most = Array(repeating: hex("01 00"), count: SimpleTLV.elementLimit).flatMap(\.self)
        #expect(try SimpleTLV.parse(most).count == SimpleTLV.elementLimit)
        #expect(throws: SmartCardError.self) { try SimpleTLV.parse(most + hex("01 00")) }
    }

    @Test
    func descriptionShowsNoValue() {
        #expect(SimpleTLV(tag: 0x4E, value: [1, 2]).description == "4E of 2 bytes")
        #expect(SimpleTLV(tag: 0x4E, value: [1, 2]).debugDescription == "4E of 2 bytes")
    }

    @Test
    func tagsAndValuesOutOfBoundsStopTheProgram() async {
        await #expect(processExitsWith: .failure) { _ = SimpleTLV(tag: 0x00, value: []) }
        await #expect(processExitsWith: .failure) {
            _ = SimpleTLV(tag: 0x01, value: Array(repeating: 0, count: 256))
        }
    }

    @Test
    func hundredThousandInputsParseOrAreRefused() {
        var random = SplitMix64(seed: 4)
        for round in 0..<100_000 {
            let bytes = round.isMultiple(of: 2) ? random.bytes(upTo: 40) : random.mutation(of: Self.issuerFile)
            _ = try? SimpleTLV(record: bytes)
            guard let elements = try? SimpleTLV.parse(bytes) else { continue }
            guard elements.flatMap(\.bytes) == bytes else {
                Issue.record("round \(round) of seed 4: \(bytes)")
                return
            }
        }
    }
}
