import SeededRandom
import SmartCard
import Testing

@Suite
struct BERTLVTests {
    /// File control information of the application with SM4 announced.
    static let selection = hex(
        "6F 1C",  // file control information
        "84 0F 7378312E73682E C9E7BBE1B1A3D5CF",  // name
        "A5 09",  // proprietary
        "88 01 1E",  // short file identifier
        "9F0C 03 860103"  // algorithm environment
    )

    @Test
    func readsFileControlInformation() throws {
        let elements = try BERTLV.parse(Self.selection)
        #expect(elements.count == 1)
        let template = try #require(elements.first)
        #expect(template.tag == 0x6F)
        #expect(template.children.map(\.tag) == [0x84, 0xA5])
        #expect(template.first(0x9F0C)?.value == hex("860103"))
        #expect(template.first(0x88)?.value == [0x1E])
        #expect(template.first(0x6F) == template)
        #expect(template.first(0x50) == nil)
        #expect(template.value == nil)
    }

    @Test(arguments: [
        ("5A 81 80", 128),
        ("5A 82 0100", 256),
        ("5A 83 000100", 256),
        ("5A 7F", 127),
    ])
    func readsLengthsOfUpToThreeBytes(_ header: String, _ count: Int) throws {
        let elements = try BERTLV.parse(hex(header) + Array(repeating: 7, count: count))
        #expect(elements.first?.value?.count == count)
    }

    @Test
    func readsTagsOfUpToThreeBytes() throws {
        let elements = try BERTLV.parse(hex("9F0C 00", "DF8101 00", "5A 00"))
        #expect(elements.map(\.tag) == [0x9F0C, 0xDF8101, 0x5A])
    }

    @Test(arguments: [
        "5A",  // no length
        "5A 02 01",  // cut
        "6F 03 84 02 01",  // an inner element is cut
        "6F 02 84 02 01 02",  // an inner element is longer than the outer one
        "6F 80 84 01 01 00 00",  // indefinite length
        "5A 84 00000001 01",  // length of four bytes
        "5A FF",  // no such length
        "5A 82 01",  // length cut
        "9F",  // tag cut
        "9F 81",  // tag cut
        "9F 80 01 00",  // a number that begins with zero bits
        "9F 81 81 01 00",  // tag of four bytes
        "00 00",
        "FF 00",
    ])
    func refusesMalformedElements(_ text: String) {
        let error = #expect(throws: SmartCardError.self) { try BERTLV.parse(hex(text)) }
        #expect(error?.code == .tlvMalformed)
    }

    @Test
    func depthIsBounded() throws {
        var nested = hex("5A 00")
        for _ in 1..<BERTLV.depthLimit { nested = [0x6F, UInt8(nested.count)] + nested }
        #expect(try BERTLV.parse(nested).first?.first(0x5A) != nil)
        nested = [0x6F, UInt8(nested.count)] + nested
        #expect(throws: SmartCardError.self) { try BERTLV.parse(nested) }
    }

    @Test
    func numberOfElementsAndBytesAreBounded() throws {
        let most = Array(repeating: hex("5A 00"), count: BERTLV.elementLimit).flatMap(\.self)
        #expect(try BERTLV.parse(most).count == BERTLV.elementLimit)
        #expect(throws: SmartCardError.self) { try BERTLV.parse(most + hex("5A 00")) }
        #expect(throws: SmartCardError.self) {
            try BERTLV.parse(hex("5A 83 00FFFD") + Array(repeating: 0, count: 65_533))
        }
    }

    @Test
    func descriptionShowsNoValue() throws {
        let template = try #require(try BERTLV.parse(Self.selection).first)
        #expect(template.description == "6F of 2 elements")
        #expect(template.first(0x9F0C)?.debugDescription == "9F0C of 3 bytes")
    }

    @Test
    func hundredThousandInputsParseOrAreRefused() {
        var random = SplitMix64(seed: 5)
        var parsed = 0
        for round in 0..<100_000 {
            let bytes = round.isMultiple(of: 2) ? random.bytes(upTo: 40) : random.mutation(of: Self.selection)
            guard let elements = try? BERTLV.parse(bytes) else { continue }
            parsed += 1
            // No element is made out of nothing: each takes two bytes or more.
            guard elements.reduce(0, { $0 + Self.size($1) }) <= bytes.count else {
                Issue.record("round \(round) of seed 5: \(bytes)")
                return
            }
        }
        #expect(parsed > 100)
    }

    private static func size(_ element: BERTLV) -> Int {
        2 + (element.value?.count ?? 0) + element.children.reduce(0) { $0 + size($1) }
    }
}
