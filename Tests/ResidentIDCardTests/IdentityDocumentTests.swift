import CivilIdentity
import ResidentIDCard
import Testing

@Suite
struct IdentityDocumentTests {
    static func decode(_ block: TextBlock) throws -> IdentityDocument {
        try #require(IdentityDocument(text: block.bytes))
    }

    @Test
    func aResidentIsDecoded() throws {
        let document = try Self.decode(Samples.resident)
        #expect(document.kind == .resident)
        #expect(document.layoutMarker == 0x20)
        #expect(document.citizenNumber?.rawValue == Samples.number)
        #expect(document.name?.revealed == "张三")
        #expect(document.sex == .male)
        #expect(document.ethnicityCode == "01")
        #expect(document.birthDate?.iso == "1940-03-15")
        #expect(document.address?.revealed == Samples.address)
        #expect(document.authority == "试验市公安局")
        #expect(document.validFrom?.iso == "2015-04-01")
        #expect(document.validTo == .longTerm)
        #expect(document.validTo.map { "\($0)" } == "long-term")
        #expect(document.latinName == nil && document.nationality == nil && document.permitNumber == nil)
        #expect(document.passNumber == nil && document.issueCount == nil && document.version == nil)
        #expect(document.textBlock == nil)
        #expect(document.warnings == [])
    }

    @Test
    func aForeignerIsDecoded() throws {
        let document = try Self.decode(Samples.foreign)
        #expect(document.kind == .foreign)
        #expect(document.layoutMarker == 0x49)
        #expect(document.latinName?.revealed == "DOE, JANE")
        #expect(document.name?.revealed == "简多")
        #expect(document.sex == .female)
        #expect(document.permitNumber?.revealed == "UTO999000000012")
        #expect(document.citizenNumber == nil)
        #expect(document.nationality == "UTO")
        #expect(document.validFrom?.iso == "2018-06-01")
        #expect(document.validTo.map { "\($0)" } == "2028-05-31")
        #expect(document.birthDate?.iso == "1980-02-29")
        #expect(document.version == "01")
        #expect(document.acceptingOffice == "1500")
        #expect(document.address == nil && document.ethnicityCode == nil && document.authority == nil)
        #expect(document.warnings == [])
    }

    @Test
    func aResidencePermitIsDecoded() throws {
        let document = try Self.decode(Samples.permit())
        #expect(document.kind == .hongKongMacauTaiwan)
        #expect(document.kind.rawValue == "hmt")
        #expect(document.citizenNumber?.rawValue == (try Samples.permitNumber()))
        #expect(document.name?.revealed == "李四")
        #expect(document.sex == .female)
        #expect(document.ethnicityCode == nil)
        #expect(document.birthDate?.iso == "1890-01-02")
        #expect(document.address?.revealed == Samples.address)
        #expect(document.passNumber?.revealed == "H99999999")
        #expect(document.issueCount == 1)
        #expect(document.warnings == [])
    }

    @Test(arguments: ["Y", "K", "i", "号"])
    func unknownLayoutsAreKeptAsTheyAre(_ marker: String) throws {
        let block = Samples.resident.with(marker, at: 248, 2)
        let document = try Self.decode(block)
        #expect(document.kind == .unknown)
        #expect(document.layoutMarker == marker.utf16.first)
        #expect(document.textBlock?.revealed == block.bytes)
        #expect(document.name == nil && document.citizenNumber == nil && document.birthDate == nil)
        #expect(document.warnings == [.layoutUnknown])
    }

    @Test
    func aMarkerOfZeroIsAResidentAndFillingMayBeZero() throws {
        let zeros = [UInt8](repeating: 0, count: 36)
        let block = Samples.resident.with(bytes: zeros, at: 220)
            .with(
                bytes: Array("张三".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }) + zeros[..<26],
                at: 0
            )
        let document = try Self.decode(block)
        #expect(document.kind == .resident)
        #expect(document.name?.revealed == "张三")
        #expect(document.warnings == [])
    }

    @Test(arguments: [0, 1, 255, 257, 512])
    func blocksOfAnotherLengthAreRefused(_ count: Int) {
        #expect(IdentityDocument(text: Array(repeating: UInt8(0x20), count: count)) == nil)
    }

    /// A field of a resident with another content: the warning, and no value.
    @Test(arguments: [
        (0, 30, "", "warning.id.name-missing"),
        (0, 30, "张\u{202E}三", "warning.id.name-unreadable"),
        (0, 30, "张\u{0007}", "warning.id.name-unreadable"),
        (0, 30, "张\u{0000}三", "warning.id.name-unreadable"),
        (0, 30, "\u{FFFD}", "warning.id.name-unreadable"),
        (30, 2, "", "warning.id.sex-missing"),
        (30, 2, "3", "warning.id.sex-unreadable"),
        (30, 2, "男", "warning.id.sex-unreadable"),
        (32, 4, "", "warning.id.ethnicity-missing"),
        (32, 4, "1", "warning.id.ethnicity-unreadable"),
        (32, 4, "A1", "warning.id.ethnicity-unreadable"),
        (36, 16, "", "warning.id.birth-date-missing"),
        (36, 16, "19400231", "warning.id.birth-date-unreadable"),
        (36, 16, "1940031", "warning.id.birth-date-unreadable"),
        (36, 16, "长期", "warning.id.birth-date-unreadable"),
        (52, 70, "", "warning.id.address-missing"),
        (52, 70, "街\u{2028}道", "warning.id.address-unreadable"),
        (122, 36, "", "warning.id.number-missing"),
        (122, 36, "999999194003150011", "warning.id.number-check-digit"),
        (122, 36, "99999919401315001X", "warning.id.number-check-digit"),
        (122, 36, "999999194013150013", "warning.id.number-birth-date"),
        (122, 36, "999999194003150001", "warning.id.number-sequence"),
        (122, 36, "999999400315001", "warning.id.number-unreadable"),
        (122, 36, "99999919400315 01X", "warning.id.number-unreadable"),
        (158, 30, "", "warning.id.authority-missing"),
        (188, 16, "", "warning.id.valid-from-missing"),
        (188, 16, "00000000", "warning.id.valid-from-unreadable"),
        (204, 16, "", "warning.id.valid-to-missing"),
        (204, 16, "长 期", "warning.id.valid-to-unreadable"),
        (204, 16, "20150331", "warning.id.validity-reversed"),
    ])
    func fieldsThatCannotBeReadHaveAWarning(_ offset: Int, _ count: Int, _ text: String, _ code: String) throws {
        let document = try Self.decode(Samples.resident.with(text, at: offset, count))
        #expect(document.warnings.map(\.rawValue) == [code])
        if code.hasSuffix("-missing") || code.hasSuffix("-unreadable") {
            switch offset {
            case 0: #expect(document.name == nil)
            case 30: #expect(document.sex == (text.isEmpty ? nil : .unknown))
            case 32: #expect(document.ethnicityCode == nil)
            case 36: #expect(document.birthDate == nil)
            case 52: #expect(document.address == nil)
            case 122: #expect(document.citizenNumber == nil)
            case 158: #expect(document.authority == nil)
            case 188: #expect(document.validFrom == nil)
            default: #expect(document.validTo == nil)
            }
        }
    }

    @Test(arguments: ["00D8 2000", "00DC 00D8", "FFFF 2000", "20FE FEFF", "0000 4100"])
    func codesThatAreNoCharactersAreUnreadable(_ bytes: String) throws {
        let document = try Self.decode(Samples.resident.with(bytes: hex(bytes), at: 52))
        #expect(document.address == nil)
        #expect(document.warnings == [IdentityWarning(rawValue: "warning.id.address-unreadable")])
    }

    @Test
    func charactersOutsideTheFirstPlaneAreRead() throws {
        let document = try Self.decode(Samples.resident.with("\u{20000}三", at: 0, 30))
        #expect(document.name?.revealed == "\u{20000}三")
        #expect(document.warnings == [])
    }

    @Test(arguments: ["57", "00", "96", "99"])
    func ethnicGroupsThatNoStandardHasAreKeptWithAWarning(_ code: String) throws {
        let document = try Self.decode(Samples.resident.with(code, at: 32, 4))
        #expect(document.ethnicityCode == code)
        #expect(document.warnings == [.ethnicityUnknown])
    }

    @Test
    func contradictionsBetweenNumberAndFieldsAreRemarked() throws {
        let older = try Self.decode(Samples.resident.with("19400316", at: 36, 16))
        #expect(older.warnings == [.birthDateDiffers])
        #expect(older.birthDate?.iso == "1940-03-16")
        #expect(try Self.decode(Samples.resident.with("2", at: 30, 2)).warnings == [.sexDiffers])
        #expect(try Self.decode(Samples.resident.with("9", at: 30, 2)).warnings == [])
        #expect(try Self.decode(Samples.resident.with("0", at: 30, 2)).sex == .unknown)
        let elsewhere = try Self.decode(
            Samples.permit().with(Samples.number, at: 122, 36).with("19400315", at: 36, 16).with("1", at: 30, 2)
        )
        #expect(elsewhere.warnings == [.numberRegion])
    }

    /// A field of a foreigner's or of a residence permit with another content.
    @Test(arguments: [
        (false, 0, 120, "", "warning.id.latin-name-missing"),
        (false, 122, 30, "UTO99900000001", "warning.id.number-unreadable"),
        (false, 122, 30, "UTO-99000000012", "warning.id.number-unreadable"),
        (false, 152, 6, "", "warning.id.nationality-missing"),
        (false, 152, 6, "xx1", "warning.id.nationality-unreadable"),
        (false, 236, 4, "??", "warning.id.version-unreadable"),
        (false, 240, 8, "15-0", "warning.id.accepting-office-unreadable"),
        (false, 220, 16, "19810229", "warning.id.birth-date-unreadable"),
        (true, 220, 18, "", "warning.id.pass-number-missing"),
        (true, 220, 18, "H9999/999", "warning.id.pass-number-unreadable"),
        (true, 238, 4, "x1", "warning.id.issue-count-unreadable"),
    ])
    func fieldsOfPermitsThatCannotBeReadHaveAWarning(
        _ isPermit: Bool,
        _ offset: Int,
        _ count: Int,
        _ text: String,
        _ code: String
    ) throws {
        let block = try isPermit ? Samples.permit() : Samples.foreign
        #expect(try Self.decode(block.with(text, at: offset, count)).warnings.map(\.rawValue) == [code])
    }

    @Test(arguments: [(false, 158, 30), (false, 236, 4), (false, 240, 8), (true, 238, 4)])
    func fieldsThatMayBeBlankHaveNoWarning(_ isPermit: Bool, _ offset: Int, _ count: Int) throws {
        let block = try isPermit ? Samples.permit() : Samples.foreign
        #expect(try Self.decode(block.with("", at: offset, count)).warnings == [])
    }

    @Test
    func aBlankBlockHasAWarningForEachFieldThatShouldBeThere() throws {
        let document = try Self.decode(TextBlock())
        #expect(document.kind == .resident)
        #expect(document.warnings.count == 9)
        #expect(document.warnings.allSatisfy { $0.rawValue.hasSuffix("-missing") })
    }
}
