import CivilIdentity
import Testing
import VirtualPeripherals
import YAMLFiles

@Suite
struct VirtualDocumentTests {
    private func text(_ block: [UInt8], _ offset: Int, _ count: Int) -> String {
        let units = stride(from: offset, to: offset + count, by: 2).map {
            UInt16(block[$0]) | UInt16(block[$0 + 1]) << 8
        }
        var text = String(decoding: units, as: UTF16.self)
        while text.last == " " {
            text.removeLast()
        }
        return text
    }

    @Test
    func residentFieldsStandAtTheirOffsets() throws {
        let block = try Sample.resident {
            $0.address = "演示路1号"
            $0.authority = "演示市公安局"
        }.block
        #expect(block.count == 256)
        let expected: [(Int, Int, String)] = [
            (0, 30, "贾福寿"), (30, 2, "2"), (32, 4, "01"), (36, 16, "19420315"), (52, 70, "演示路1号"),
            (122, 36, "999999194203151025"), (158, 30, "演示市公安局"), (188, 16, "20120506"), (204, 16, "长期"),
            (248, 2, ""),
        ]
        for (offset, count, value) in expected {
            #expect(text(block, offset, count) == value)
        }
    }

    @Test
    func foreignFieldsStandAtTheirOffsets() throws {
        let document = try VirtualDocument(
            kind: .foreign,
            name: "演示",
            sex: .male,
            birthDate: CivilDate(year: 1990, month: 1, day: 2),
            number: "SIM199001020001",
            validFrom: CivilDate(year: 2020, month: 1, day: 1),
            validTo: CivilDate(year: 2029, month: 12, day: 31)
        ) {
            $0.englishName = "SIMULATED, PERSON"
            $0.nationality = "SIM"
        }
        let block = document.block
        let expected: [(Int, Int, String)] = [
            (0, 120, "SIMULATED, PERSON"), (120, 2, "1"), (122, 30, "SIM199001020001"), (152, 6, "SIM"),
            (158, 30, "演示"), (188, 16, "20200101"), (204, 16, "20291231"), (220, 16, "19900102"), (248, 2, "I"),
        ]
        #expect(block.count == 256)
        for (offset, count, value) in expected {
            #expect(text(block, offset, count) == value)
        }
    }

    @Test
    func permitFieldsStandAtTheirOffsets() throws {
        let number = try CitizenNumber(
            division: DivisionCode("810000"),
            birthDate: CivilDate(year: 1890, month: 1, day: 1),
            sequence: 1
        )
        let document = try VirtualDocument(
            kind: .hmt,
            name: "演示",
            sex: .male,
            birthDate: CivilDate(year: 1890, month: 1, day: 1),
            number: number.rawValue,
            validFrom: CivilDate(year: 2020, month: 1, day: 1),
            validTo: CivilDate(year: 2029, month: 12, day: 31)
        ) {
            $0.passNumber = "H00000000"
            $0.issueCount = "01"
        }
        let block = document.block
        #expect(block.count == 256)
        #expect(text(block, 122, 36) == number.rawValue)
        #expect(text(block, 220, 18) == "H00000000" && text(block, 238, 4) == "01" && text(block, 248, 2) == "J")
        #expect(text(block, 32, 4).isEmpty)
    }

    @Test
    func unlistedLayoutHasOnlyItsMarker() throws {
        let block = try Sample.resident { $0.kind = .unlisted }.block
        #expect(block.count == 256 && text(block, 248, 2) == "Y")
        #expect(text(block, 122, 36) != "999999194203151025")
    }

    @Test(arguments: ["440703194203151025", "99999919420315102", "9999991942031510255", "SIM199001020001", ""])
    func numberThatSomebodyCouldHaveIsRefused(number: String) {
        #expect(throws: PeripheralFailure.self) { try Sample.resident { $0.number = number } }
    }

    @Test(arguments: ["810000199001010018", "440000189001010019", "8100001890"])
    func permitNumberThatSomebodyCouldHaveIsRefused(number: String) {
        #expect(throws: PeripheralFailure.self) {
            try Sample.resident {
                $0.kind = .hmt
                $0.number = number
            }
        }
    }

    @Test
    func textThatDoesNotFitIsRefused() {
        #expect(throws: PeripheralFailure.self) { try Sample.resident { $0.name = String(repeating: "演", count: 16) } }
        #expect(throws: PeripheralFailure.self) {
            try Sample.resident { $0.newAddresses = [String(repeating: "演", count: 36)] }
        }
        #expect(throws: PeripheralFailure.self) { try Sample.resident { $0.newAddresses = ["1", "2", "3", "4", "5"] } }
    }

    @Test
    func photoSaysThatItIsSimulated() {
        #expect(VirtualDocument.photo.count == 1_024)
        #expect(String(decoding: VirtualDocument.photo.prefix(15), as: UTF8.self) == "SIMULATED PHOTO")
    }

    // MARK: - Files

    private let file = """
        simulated: true
        document:
          kind: resident
          name: 贾福寿
          sex: female
          birthDate: 1942-03-15
          number: "999999194203151025"
          validFrom: 2012-05-06
          validTo: long-term
          newAddresses: [演示路2号]

        """

    @Test
    func fileIsDecoded() throws {
        let document = try DocumentSection.decode(file, file: "one.yaml")
        #expect(try document == Sample.resident { $0.newAddresses = ["演示路2号"] })
    }

    @Test(arguments: [
        ("simulated: true", "simulated: false"), ("resident", "passport"), ("female", "none"),
        ("1942-03-15", "1942-13-15"), ("999999194203151025", "999999194203151026"),
        ("999999194203151025", "440703194203151025"), ("long-term", "soon"), ("name:", "surname:"),
    ])
    func everyMistakeIsNamed(right: String, wrong: String) {
        #expect(throws: YAMLMistakes.self) {
            try DocumentSection.decode(file.replacing(right, with: wrong), file: "one.yaml")
        }
    }

    @Test
    func wrongCheckDigitIsTakenWhenItIsMeant() throws {
        let text = file.replacing("999999194203151025", with: "999999194203151026") + "  numberIsWrong: true\n"
        #expect(try DocumentSection.decode(text, file: "one.yaml").number == "999999194203151026")
    }
}
