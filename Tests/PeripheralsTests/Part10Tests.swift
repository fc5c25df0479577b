import Peripherals
import SeededRandom
import Testing

@Suite
struct Part10Tests {
    @Test
    func featuresHaveTheirControlCodes() throws {
        let features = try Part10Features(bytes: hex("06 04 42330006", "07 04 42330007", "12 04 42330012"))
        #expect(try features.controlCode(.verifyPINDirect) == 0x4233_0006)
        #expect(try features.controlCode(.tlvProperties) == 0x4233_0012)
        let error = #expect(throws: PeripheralError.self) { try features.controlCode(.executePACE) }
        #expect(error?.code == .pinpadUnsupported)
        #expect(try Part10Features(bytes: []).controlCodes.isEmpty)
        #expect(Part10Features.requestCode == 0x4200_0D48)
    }

    @Test(arguments: ["06", "06 04 423300", "06 03 42330006", "06 04 42330006 06 04 42330007"])
    func featureListsOutOfFormAreMalformed(_ bytes: String) {
        let error = #expect(throws: PeripheralError.self) { try Part10Features(bytes: hex(bytes)) }
        #expect(error?.code == .pinpadMalformed)
    }

    @Test
    func propertiesAreRead() throws {
        let properties = try Part10Properties(
            bytes: hex(
                "01 02 1002",  // layout
                "06 01 04",
                "07 01 10",  // digits
                "08 05 312E32000A",  // firmware
                "0A 04 05010000",  // data bytes
                "0B 02 0912",
                "0C 02 0100",  // ids
                "55 00"  // not known
            )
        )
        #expect(properties.displayLayout == 0x0210)
        #expect(properties.digitsMin == 4)
        #expect(properties.digitsMax == 16)
        #expect(properties.firmware == "1.2")
        #expect(properties.apduDataMax == 261)
        #expect(properties.vendorID == 0x1209)
        #expect(properties.productID == 1)
    }

    @Test(arguments: ["06", "06 02 04", "06 00", "06 02 0400", "06 01 04 06 01 04", "0A 03 050100"])
    func propertiesOutOfFormAreMalformed(_ bytes: String) {
        let error = #expect(throws: PeripheralError.self) { try Part10Properties(bytes: hex(bytes)) }
        #expect(error?.code == .pinpadMalformed)
    }

    @Test
    func theVerifyStructureIsPacked() throws {
        let expected = hex(
            "1E 0F",  // seconds before and after the first key
            "81 03 00",  // packed decimal, three bytes, no length
            "0606",  // most and least digits
            "02 01 0408 00",  // Enter ends, one prompt, Chinese, first message
            "000000",  // prologue
            "08000000",  // bytes of the command
            "00 20 00 00 03 FFFFFF"
        )
        #expect(try Part10PINEntry(digits: 6).verifyStructure == expected)
    }

    @Test
    func theModifyStructureIsPacked() throws {
        let expected = hex(
            "1E 0F 81 03 00",
            "00 04",  // old digits at the beginning, new ones behind FF
            "0606 03 02",  // old PIN and repetition are asked for, Enter ends
            "03 0408 00 01 02 000000",  // three prompts
            "0C000000",
            "80 5E 01 00 07 FFFFFF FF FFFFFF"
        )
        #expect(try Part10PINEntry(digits: 6).modifyStructure == expected)
    }

    @Test
    func lengthsFollowTheDigits() throws {
        for digits in Part10PINEntry.digitsRange {
            let verify = try Part10PINEntry(digits: digits).verifyStructure
            let packed = (digits + 1) / 2
            #expect(verify.count == 19 + 5 + packed)
            #expect(Int(verify[15]) == 5 + packed)
            #expect(Int(verify[5]) == digits && Int(verify[6]) == digits)
        }
        for digits in [0, 3, 17] {
            let error = #expect(throws: PeripheralError.self) { try Part10PINEntry(digits: digits) }
            #expect(error?.code == .pinpadLength)
        }
    }

    @Test(
        arguments: [
            ("9000", .accepted, nil), ("63C2", .wrong(triesLeft: 2), nil), ("63C0", .blocked, nil),
            ("6983", .blocked, nil),
            ("6400", .timeout, .pinpadTimeout), ("6401", .cancelled, .pinpadCancelled),
            ("6402", .mismatch, .pinpadMismatch), ("6403", .length, .pinpadLength), ("6B80", .other(0x6B80), nil),
        ] as [(String, Part10Answer, PeripheralError.Code?)]
    )
    func answersHaveTheirMeaning(_ bytes: String, _ answer: Part10Answer, _ code: PeripheralError.Code?) throws {
        let got = try Part10Answer(bytes: hex(bytes))
        #expect(got == answer)
        #expect(got.code == code)
    }

    @Test(arguments: ["", "90", "900000"])
    func answersOfAnotherLengthAreMalformed(_ bytes: String) {
        let error = #expect(throws: PeripheralError.self) { try Part10Answer(bytes: hex(bytes)) }
        #expect(error?.code == .pinpadMalformed)
    }

    /// 100,000 lists and answers at random and changed: data or `pinpad.malformed`.
    @Test
    func anyBytesAreReadOrMalformed() {
        var random = SplitMix64(seed: 51)
        let features = hex("06 04 42330006", "07 04 42330007", "12 04 42330012")
        let properties = hex("01 02 1002 06 01 04 07 01 10 08 05 312E32000A 0A 04 05010000 0B 02 0912")
        var whole = 0
        for round in 0..<100_000 {
            let isRandom = round.isMultiple(of: 4)
            let list = isRandom ? random.bytes(upTo: 24) : random.mutation(of: features)
            let answer = isRandom ? random.bytes(upTo: 24) : random.mutation(of: properties)
            do throws(PeripheralError) {
                whole += try Part10Features(bytes: list).controlCodes.count * 6 == list.count ? 1 : 0
            } catch {
                #expect(error.code == .pinpadMalformed)
            }
            do throws(PeripheralError) {
                let read = try Part10Properties(bytes: answer)
                whole += 1
                #expect(read.firmware?.utf8.allSatisfy { (0x20...0x7E).contains($0) } ?? true)
            } catch {
                #expect(error.code == .pinpadMalformed)
            }
        }
        #expect(whole > 10_000)
    }
}
