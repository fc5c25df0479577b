import CivilIdentity
import SmartCard
import SocialCard
import Testing

/// Values of single records: what is read, and what is nil with which warning.
@Suite
struct SocialCardValueTests {
    private func read(_ tag: UInt8, _ value: [UInt8]) throws -> SocialCardData {
        try SocialCard.read(Samples.secondGeneration(tag: tag, [tag, UInt8(value.count)] + value))
    }

    @Test(
        arguments: [
            (0x05, "20101001", "2010-10-01", []),
            (0x05, "32303132", nil, ["warning.issue-date-unreadable"]),  // the year as text
            (0x05, "20101301", nil, ["warning.issue-date-unreadable"]),
            (0x05, "201010", nil, ["warning.issue-date-unreadable"]),
            (0x05, "FFFFFFFF", nil, ["warning.record-empty.issue-date"]),
            (0x05, "", nil, ["warning.record-empty.issue-date"]),
            (0x06, "32303232", nil, ["warning.expiry-date-unreadable"]),
            (0x06, "20240229", "2024-02-29", []),
            (0x06, "20230229", nil, ["warning.expiry-date-unreadable"]),
            (0x06, "00000000", nil, ["warning.record-empty.expiry-date"]),
            (0x0D, "19400315", "1940-03-15", []),
            (0x0D, "1940031A", nil, ["warning.birth-date-unreadable"]),
        ] as [(UInt8, String, String?, [String])]
    )
    func datesArePackedDigits(_ tag: UInt8, _ value: String, _ date: String?, _ warnings: [String]) throws {
        let data = try read(tag, hex(value))
        let dates: [UInt8: CivilDate?] = [0x05: data.issuedOn, 0x06: data.expiresOn, 0x0D: data.holder?.birthDate]
        #expect(dates[tag]??.iso == date)
        #expect(data.warnings.map(\.rawValue) == warnings)
    }

    @Test(
        arguments: [
            ("99999919400315001X", "99999919400315001X", []),
            ("99999919400315001x", "99999919400315001X", []),
            ("999999400315001", "99999919400315001X", []),  // the legacy form
            ("999999400315001\0\0\0", "99999919400315001X", []),
            ("999999400315001   ", "99999919400315001X", []),
            ("999999194003150011", nil, ["warning.number-check-digit"]),
            ("999999194013150013", nil, ["warning.number-birth-date", "warning.number-check-digit"]),
            ("99999919400315", nil, ["warning.citizen-number-unreadable"]),
            ("9999991940031500AX", nil, ["warning.citizen-number-unreadable"]),
            ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", nil, ["warning.record-empty.citizen-number"]),
        ] as [(String, String?, [String])]
    )
    func citizenNumbersAreChecked(_ text: String, _ number: String?, _ allowedWarnings: [String]) throws {
        let data = try read(0x08, Array(text.utf8))
        #expect(data.holder?.citizenNumber?.rawValue == number)
        #expect(data.warnings.isEmpty == allowedWarnings.isEmpty)
        #expect(data.warnings.allSatisfy { allowedWarnings.contains($0.rawValue) })
    }

    @Test(arguments: ["张三", "欧阳𠀀", "\u{3402}", "阿卜杜拉·买买提", "Li"])
    func namesAreDecodedFromOneRecord(_ name: String) throws {
        let encoded = try GB18030.encode(name)
        for filling in [UInt8(0x00), 0x20, 0xFF] {
            let value = encoded + Array(repeating: filling, count: 30 - encoded.count)
            let data = try read(0x09, value)
            #expect(data.holder?.name?.revealed == name)
            #expect(data.warnings == [])
        }
    }

    @Test(arguments: [15, 28, 29, 30])
    func namesThatGoOnInTheExtensionAreJoinedAsBytes(_ split: Int) throws {
        // Two-byte and four-byte characters, cut before, between and inside them.
        let name = "买买提阿卜杜热合曼艾合买提𠀀努尔"
        let encoded = try GB18030.encode(name)
        #expect(encoded.count <= 50)
        let card = Samples.secondGeneration()
        card.holder = card.holder.map { record in
            switch record?.first {
            case 0x09: hex("09 1E") + encoded[..<split] + Array(repeating: 0, count: 30 - split)
            case 0x4E:
                [0x4E, UInt8(max(20, encoded.count - split))] + encoded[split...]
                    + Array(repeating: 0, count: max(0, 20 - (encoded.count - split)))
            default: record
            }
        }
        let data = try SocialCard.read(card)
        #expect(data.holder?.name?.revealed == name)
        #expect(data.warnings == [])
    }

    @Test
    func aCutNameWithoutItsExtensionIsUnreadableAndBothAreSaid() throws {
        let encoded = try GB18030.encode("买买提阿卜杜热合曼艾合买提努尔尔") + [0xD5]
        let card = Samples.secondGeneration()
        card.holder = card.holder.compactMap { record in
            switch record?.first {
            case 0x09: [0x09, UInt8(encoded.count)] + encoded
            case 0x4E: nil
            default: record
            }
        }
        let data = try SocialCard.read(card)
        #expect(data.holder?.name == nil)
        #expect(
            data.warnings.map(\.rawValue) == ["warning.record-missing.name-extension", "warning.name-unreadable"]
        )
    }

    @Test(arguments: ["D5C5C8", "D5C5 FF C8FD", "D5C5 0A C8FD", "8130"])
    func namesThatAreNoGB18030AreUnreadable(_ value: String) throws {
        let data = try read(0x09, hex(value))
        #expect(data.holder?.name == nil)
        #expect(data.warnings.map(\.rawValue) == ["warning.name-unreadable"])
    }

    @Test(
        arguments: [
            ("31", .male, []), ("32", .female, []), ("39", .unspecified, []), ("30", .unknown, []),
            ("35", .unknown, ["warning.sex-unreadable"]),
            ("01", .unknown, ["warning.sex-unreadable"]),
            ("3131", .unknown, ["warning.sex-unreadable"]),
            ("", nil, ["warning.record-empty.sex"]),
        ] as [(String, Sex?, [String])]
    )
    func sexIsOneDigitOfText(_ value: String, _ sex: Sex?, _ warnings: [String]) throws {
        let data = try read(0x0A, hex(value))
        #expect(data.holder?.sex == sex)
        #expect(data.warnings.map(\.rawValue) == warnings)
    }

    @Test(
        arguments: [
            ("01", "01", []), ("56", "56", []), ("97", "97", []), ("57", "57", []),
            ("0A", nil, ["warning.ethnicity-unreadable"]),
            ("0102", nil, ["warning.ethnicity-unreadable"]),
            ("00", nil, ["warning.record-empty.ethnicity"]),
            ("FF", nil, ["warning.record-empty.ethnicity"]),
        ] as [(String, String?, [String])]
    )
    func ethnicityIsTwoPackedDigits(_ value: String, _ code: String?, _ warnings: [String]) throws {
        let data = try read(0x0B, hex(value))
        #expect(data.holder?.ethnicityCode == code)
        #expect(data.warnings.map(\.rawValue) == warnings)
    }

    @Test(
        arguments: [
            ("440703", "440703", []),
            ("4407FF", "4407", []),  // filled with nibbles F
            ("44070F", nil, ["warning.birthplace-unreadable"]),  // five digits
            ("44FF03", nil, ["warning.birthplace-unreadable"]),
            ("FFFFFF", nil, ["warning.record-empty.birthplace"]),
        ] as [(String, String?, [String])]
    )
    func birthplaceIsADivision(_ value: String, _ code: String?, _ warnings: [String]) throws {
        let data = try read(0x0C, hex(value))
        #expect(data.holder?.birthplace?.rawValue == code)
        #expect(data.warnings.map(\.rawValue) == warnings)
    }

    @Test(
        arguments: [
            ("583030303030303139", "X00000019", []),
            ("41423132333435360000", "AB123456", []),
            ("414231323334353637FFFFFF", "AB1234567", []),  // only the first nine bytes are meaningful
            ("4142313233343520FF", "AB12345", []),
            ("41423132333A353637", nil, ["warning.card-number-unreadable"]),
            ("000000000000000000", nil, ["warning.record-empty.card-number"]),
        ] as [(String, String?, [String])]
    )
    func cardNumbersAreLettersAndDigits(_ value: String, _ number: String?, _ warnings: [String]) throws {
        let data = try read(0x07, hex(value))
        #expect(data.cardNumber == number)
        #expect(data.warnings.map(\.rawValue) == warnings)
    }

    @Test(
        arguments: [
            ("440700 D156000005 0000000100000000", "440700", []),
            ("4407AA D156000005 0000000100000000", nil, ["warning.region-unreadable"]),
            ("000700 D156000005 0000000100000000", nil, ["warning.region-unreadable"]),
            ("440700 D156000005 00000001000000", nil, ["warning.identification-code-unreadable"]),
            ("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", nil, ["warning.record-empty.identification-code"]),
        ] as [(String, String?, [String])]
    )
    func identificationCodesBeginWithTheRegion(_ value: String, _ region: String?, _ warnings: [String]) throws {
        let data = try read(0x01, hex(value))
        #expect(data.identificationCode?.regionCode?.rawValue == region)
        #expect(data.warnings.map(\.rawValue) == warnings)
    }

    @Test(
        arguments: [("33", "3", []), ("07", nil, ["warning.card-class-unreadable"])] as [(String, String?, [String])]
    )
    func cardClassIsOneCharacter(_ value: String, _ cardClass: String?, _ warnings: [String]) throws {
        let data = try read(0x02, hex(value))
        #expect(data.cardClass == cardClass)
        #expect(data.warnings.map(\.rawValue) == warnings)
    }
}
