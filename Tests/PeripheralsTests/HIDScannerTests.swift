import Peripherals
import SeededRandom
import Testing

@Suite
struct HIDScannerTests {
    /// The reports that type keys one after the other, each with its release.
    private func typed(_ keys: [(UInt8, UInt8)], _ decoder: inout HIDKeyboardDecoder) -> [HIDKey] {
        keys.flatMap { modifiers, key in
            decoder.take([modifiers, 0, key, 0, 0, 0, 0, 0]) + decoder.take([0, 0, 0, 0, 0, 0, 0, 0])
        }
    }

    private func characters(_ text: String) -> [HIDKey] { text.utf8.map { .character($0) } }

    @Test
    func keysFollowTheLayoutOfTheUnitedStates() {
        var decoder = HIDKeyboardDecoder()
        let plain = (UInt8(0x04)...0x38).map { (UInt8(0), $0) }
        let got = typed(plain, &decoder)
        let lost = [HIDKey.lost, .lost]
        let letters = "abcdefghijklmnopqrstuvwxyz1234567890\r"
        #expect(got == characters(letters) + lost + characters("\t -=[]\\") + [.lost] + characters(";'`,./"))
        let shifted = (UInt8(0x04)...0x38).map { (UInt8($0.isMultiple(of: 2) ? 0x02 : 0x20), $0) }
        let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\r"
        let signs = characters("\t _+{}|") + [.lost] + characters(":\"~<>?")
        #expect(typed(shifted, &decoder) == characters(upper) + lost + signs)
        let keypad = (UInt8(0x54)...0x64).map { (UInt8(0), $0) }
        #expect(typed(keypad, &decoder) == characters("/*-+\r1234567890.") + [.lost])
    }

    @Test
    func capsLockTurnsLettersOnly() {
        var decoder = HIDKeyboardDecoder()
        let keys: [(UInt8, UInt8)] = [(0, 0x39), (0, 0x04), (2, 0x04), (0, 0x1E), (0, 0x39), (0, 0x04), (0, 0x53)]
        #expect(typed(keys, &decoder) == characters("Aa1a"))
    }

    @Test
    func aKeyCountsOnceUntilItIsReleased() {
        var decoder = HIDKeyboardDecoder()
        #expect(decoder.take(hex("00 00 04 00 00 00 00 00")) == characters("a"))
        #expect(decoder.take(hex("00 00 04 05 00 00 00 00")) == characters("b"))
        #expect(decoder.take(hex("00 00 05 04 04 06 00 00")) == characters("c"))
        #expect(decoder.take(hex("00 00 00 00 00 00 00 00")) == [])
        #expect(decoder.take(hex("00 00 04 00 00 00 00 00")) == characters("a"))
    }

    @Test(arguments: [
        "00 00 01 01 01 01 01 01",  // more keys than a report can tell
        "01 00 04 00 00 00 00 00",  // Control
        "04 00 04 00 00 00 00 00",  // Alt
        "80 00 04 00 00 00 00 00",  // the right key of the system
        "00 00 3A 00 00 00 00 00",  // F1
        "00 00 04",
        "00 00 04 00 00 00 00 00 00",
        "",
    ])
    func whatIsNoTextIsLost(_ report: String) {
        var decoder = HIDKeyboardDecoder()
        #expect(decoder.take(hex(report)) == [.lost])
    }

    @Test
    func hundredThousandReportsGiveAtMostSixKeysEach() {
        var random = SplitMix64(seed: 41)
        var decoder = HIDKeyboardDecoder()
        var characters = 0
        for round in 0..<100_000 {
            let report =
                round.isMultiple(of: 4)
                ? random.bytes(upTo: 12) : random.mutation(of: hex("00 00 04 00 00 00 00 00"))
            let keys = decoder.take(report)
            characters += keys.count { $0 != .lost }
            let isASCII = keys.allSatisfy { if case .character(let byte) = $0 { byte < 0x7F } else { true } }
            guard keys.count <= 6, isASCII else {
                Issue.record("round \(round) of seed 41")
                return
            }
        }
        #expect(characters > 1_000)
    }

    // MARK: HID POS

    /// Sixteen bytes: id 02, length, symbology, ten bytes of data, continuation.
    private func layout() throws -> HIDPOSLayout {
        try HIDPOSLayout(
            reportID: 0x02,
            reportBytes: 16,
            lengthOffset: 1,
            symbologyOffset: 2,
            dataOffset: 5,
            dataBytes: 10,
            continuationOffset: 15
        )
    }

    @Test
    func reportsAreJoined() throws {
        var decoder = try HIDPOSDecoder(layout: layout())
        let first = hex("02 0A 5D5131", "30313233343536373839", "01")
        let last = hex("02 02 5D5131", "4142 0000000000000000", "00")
        #expect(decoder.take(first) == nil)
        let code = try ScannedCode(Array("0123456789AB".utf8), symbology: "]Q1")
        #expect(decoder.take(last) == .code(code))
        let alone = try ScannedCode(Array("AB".utf8), symbology: "]Q1")
        #expect(decoder.take(last) == .code(alone))
        #expect(decoder.take(hex("02 00 000000", "00000000000000000000", "00")) == nil)
        #expect(decoder.take(hex("03 02 5D5131", "4142 0000000000000000", "00")) == nil)
        let plain = try ScannedCode(Array("A".utf8))
        #expect(decoder.take(hex("02 01 000000", "41 000000000000000000", "00")) == .code(plain))
    }

    @Test
    func reportsThatContradictThemselvesAreMalformed() throws {
        var decoder = try HIDPOSDecoder(layout: layout())
        let malformed = ScannerEvent.failure(.scannerMalformed)
        #expect(decoder.take(hex("02 0B 5D5131", "30313233343536373839", "00")) == malformed)
        #expect(decoder.take(hex("02 01 5D5131", "41")) == malformed)
        #expect(decoder.take(hex("02 01 5D5131", "41 000000000000000000", "01")) == nil)
        #expect(decoder.take(hex("02 01 5D6530", "41 000000000000000000", "00")) == malformed)
        #expect(decoder.take(hex("02 01 5D5131", "41 000000000000000000", "01")) == nil)
        #expect(decoder.giveUp() == .failure(.scannerTorn))
        #expect(decoder.giveUp() == nil)
    }

    @Test
    func aCodeBeyondItsLimitIsDroppedUpToItsLastReport() throws {
        var decoder = try HIDPOSDecoder(layout: layout(), lengthMax: 15)
        let part = hex("02 0A 5D5131", "30313233343536373839", "01")
        for _ in 0..<1_000 { #expect(decoder.take(part) == nil) }
        #expect(decoder.take(part.dropLast() + [0x00]) == .failure(.scannerTooLong))
        #expect(decoder.take(part.dropLast() + [0x00]) != .failure(.scannerTooLong))
    }

    @Test(arguments: [
        (16, 1, 2, 5, 11, 15), (16, 0, 2, 5, 10, 15), (16, 1, 14, 5, 8, 13), (16, 1, 2, 4, 10, 15),
        (16, 1, 2, 5, 0, 15), (0, 1, 2, 5, 10, 15), (257, 1, 2, 5, 10, 15), (16, -1, 2, 5, 10, 15),
        (16, 1, 2, 5, 10, 16), (16, 1, 2, Int.max, 10, 15),
    ])
    func layoutsWhoseFieldsDoNotFitAreRefused(
        _ bytes: Int,
        _ length: Int,
        _ symbology: Int,
        _ data: Int,
        _ dataBytes: Int,
        _ continuation: Int
    ) {
        let error = #expect(throws: PeripheralError.self) {
            try HIDPOSLayout(
                reportID: 0x02,
                reportBytes: bytes,
                lengthOffset: length,
                symbologyOffset: symbology,
                dataOffset: data,
                dataBytes: dataBytes,
                continuationOffset: continuation
            )
        }
        #expect(error?.code == .scannerProfile)
    }

    @Test
    func hundredThousandPOSReportsGiveCodesWithinTheLimit() throws {
        var random = SplitMix64(seed: 42)
        var decoder = try HIDPOSDecoder(layout: layout(), lengthMax: 25)
        let valid = [
            hex("02 0A 5D5131", "30313233343536373839", "01"), hex("02 02 5D5131", "4142 0000000000000000", "00"),
        ]
        var codes = 0
        for round in 0..<100_000 {
            var report = valid[random.below(2)]
            if random.below(3) == 0 { report = random.mutation(of: report) }
            if random.below(10) == 0 { report = random.bytes(upTo: 20) }
            guard case .code(let code)? = decoder.take(report) else { continue }
            codes += 1
            guard (1...25).contains(code.revealed.count) else {
                Issue.record("round \(round) of seed 42")
                return
            }
        }
        #expect(codes > 10_000)
    }
}
