import SeededRandom
import SmartCard
import Testing

@Suite
struct AnswerToResetTests {
    /// A first-generation card of Jiangmen: T=0 only, no check byte.
    static let socialCard = hex("3B 6D", "00 00", "0081 008837 8665 440700 000001")

    /// T=0 and T=1 named, so that there is a check byte: the contactless form of PC/SC part 3.
    static let contactless = hex("3B 88", "80 01", "00 00 00 00 00 00 00 00", "09")

    @Test
    func readsASocialSecurityCard() throws {
        let answer = try AnswerToReset(bytes: Self.socialCard)
        #expect(answer.bytes == Self.socialCard)
        #expect(answer.historicalBytes == hex("0081 008837 8665 440700 000001"))
        #expect(answer.protocols == [.t0])
        let group = try #require(answer.interfaceBytes.first)
        #expect(answer.interfaceBytes.count == 1)
        #expect(group.ta == nil && group.tb == 0x00 && group.tc == 0x00 && group.td == nil)
    }

    @Test
    func readsAContactlessCard() throws {
        let answer = try AnswerToReset(bytes: Self.contactless)
        #expect(answer.protocols == [.t0, .t1])
        #expect(answer.historicalBytes.count == 8)
        #expect(answer.interfaceBytes.map(\.td) == [0x80, 0x01])
    }

    @Test
    func namesOtherProtocolsAndPassesOverGlobalBytes() throws {
        // TD1 names T=14; its check byte makes the sum zero.
        #expect(try AnswerToReset(bytes: hex("3B 80", "0E", "8E")).protocols == [.other])
        // TD1 names T=0, TD2 announces global bytes (T=15) with TA3.
        #expect(try AnswerToReset(bytes: hex("3B 80", "80", "1F", "05", "1A")).protocols == [.t0])
    }

    @Test
    func readsTheShortestAndTheInverse() throws {
        #expect(try AnswerToReset(bytes: hex("3B 00")).protocols == [.t0])
        #expect(try AnswerToReset(bytes: hex("3F 01 AA")).historicalBytes == [0xAA])
    }

    @Test(arguments: [
        hex(""),
        hex("3B"),
        hex("3C 00"),  // no such TS
        hex("3B 01"),  // historical byte missing
        hex("3B 10"),  // TA1 missing
        hex("3B 80"),  // TD1 missing
        hex("3B 00 00"),  // a byte left over
        hex("3B 80 01"),  // check byte missing
        hex("3B 80 01 80"),  // check byte wrong (81 is right)
        hex("3B 88", "80 01", "00 00 00 00 00 00 00 00", "08"),
        hex("3B 6D", "00 00", "0081 008837 8665 440700 0000"),
        Array(repeating: 0x3B, count: 34),
        hex("3B F0") + Array(repeating: 0xF0, count: 31),  // announces more groups than fit
    ])
    func refusesEverythingElse(_ bytes: [UInt8]) {
        let error = #expect(throws: SmartCardError.self) { try AnswerToReset(bytes: bytes) }
        #expect(error?.code == .atrMalformed)
    }

    @Test
    func descriptionShowsNoSerial() throws {
        #expect(try AnswerToReset(bytes: Self.socialCard).description == "answer to reset of 17 bytes")
        #expect(try AnswerToReset(bytes: Self.socialCard).debugDescription == "answer to reset of 17 bytes")
    }

    @Test
    func hundredThousandInputsParseOrAreRefused() {
        var random = SplitMix64(seed: 3)
        let valid = [Self.socialCard, Self.contactless, hex("3B 80", "80", "1F", "05", "1A")]
        var parsed = 0
        for round in 0..<100_000 {
            var bytes =
                round.isMultiple(of: 2) ? random.bytes(upTo: 36) : random.mutation(of: valid[random.below(valid.count)])
            if !bytes.isEmpty, round.isMultiple(of: 4) { bytes[0] = 0x3B }
            guard let answer = try? AnswerToReset(bytes: bytes) else { continue }
            parsed += 1
            guard answer.bytes == bytes, !answer.protocols.isEmpty, answer.historicalBytes.count <= 15 else {
                Issue.record("round \(round) of seed 3: \(bytes)")
                return
            }
        }
        #expect(parsed > 100)
    }
}
