import Benefits
import CivilIdentity
import Crypto
import Testing

@testable import HubProtocol

@Suite struct SnapshotFileTests {
    private func code(of body: () throws -> Void) -> HubProtocolError.Code? {
        (#expect(throws: HubProtocolError.self) { try body() })?.code
    }

    @Test func recordsComeBack() throws {
        let file = try Sample.file(Sample.records())
        #expect(try Sample.read(file.front + file.pages.joined()) == Sample.records())
    }

    /// The golden values of this suite were computed by a second implementation, in Python, from LedgerFile.md alone.
    @Test func hasGoldenBytes() throws {
        let file = try Sample.file(Sample.records())
        let manifest = try SnapshotFront(bytes: file.front).manifestBytes
        let expected =
            #"{"counts":{"cards":1,"entitlements":1,"payments":3,"programmes":2,"residents":2,"sources":"#
            + #"1},"createdAt":1767225600,"division":"440703001001","format":1,"generation":7,"groupKey":1"#
            + #","pages":[{"bytes":440,"sha256":"929044f119b92a99b0d2d11855759285d871a72ebbd0b37ca4e334e82"#
            + #"ea29035"}],"salt":"606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f","sour"#
            + #"ces":[{"asOf":1767225600,"code":"civil-affairs"}]}"#
        #expect(String(decoding: manifest, as: UTF8.self) == expected)
        #expect(
            Hex.text(SHA256.hash(data: file.front + file.pages.joined()))
                == "64b80104b67f4be091c7651e73e68c65a8f81868e34034ee640bffa466f04c5a"
        )
    }

    @Test func recordsHaveGoldenBytes() throws {
        let records = try Sample.records()
        let source =
            "01260d636976696c2d6166666169727312e6b19fe997a8e5b882e6b091e694bfe5b18080f2d6ca06"
        #expect(Hex.text(try records[0].encoded()) == source)
        let programme =
            "024c05444942414f09e4bd8ee4bf9de987911553756273697374656e636520616c6c6f77616e63650102010d63697669"
            + "6c2d6166666169727306e6b091e694bf0d436976696c2061666661697273"
        #expect(Hex.text(try records[1].encoded()) == programme)
        let resident =
            "03493939393939393139343030333135303031580009e5bca0e4b889e4b8b001efb0040c343430373033303031303031"
            + "0205646962616f05656c6465720d636976696c2d61666661697273"
        #expect(Hex.text(try records[3].encoded()) == resident)
        let card =
            "0435404142434445464748494a4b4c4d4e4f0f0941313233343536373806b4e906b49107505152535455565758595a5b"
            + "5c5d5e5f9f8707"
        #expect(Hex.text(try records[4].encoded()) == card)
        let entitlement =
            "055d06452d3030303105444942414f041fe8fb0302c11ba31c03343832310d636976696c2d61666661697273039c1c01"
            + "e8fb0301018f87079c1c0064030a8187079b1c01e8fb030515ef86070e6163636f756e742d636c6f73656430303037"
        #expect(Hex.text(try records[5].encoded()) == entitlement)
    }

    @Test func aLongFileHasManyPages() throws {
        var records = Array(try Sample.records().prefix(3))
        for day in 0..<2_000 {
            let birth = CivilDate(daysSince1970: day)
            let number = try CitizenNumber(division: DivisionCode("999999"), birthDate: birth, sequence: 1)
            records.append(
                .resident(
                    ResidentRecord(
                        citizenNumber: number,
                        name: try PersonName("王五"),
                        sex: .male,
                        birthDate: birth,
                        division: try DivisionCode("440703001001"),
                        source: "civil-affairs"
                    )
                )
            )
            records.append(.card(try Sample.card(of: number)))
        }
        let file = try Sample.file(records, pageBytes: 32 * 1_024)
        #expect(file.pages.count > 5)
        #expect(try Sample.read(file.front + file.pages.joined()) == records)
    }

    @Test func aCutFileIsTruncated() throws {
        let file = try Sample.file(Sample.records())
        let bytes = file.front + file.pages.joined()
        for count in stride(from: 0, to: bytes.count, by: 7) {
            #expect(code { _ = try Sample.read(Array(bytes.prefix(count))) } == .ledgerTruncated)
        }
    }

    @Test func everyChangedByteIsFound() throws {
        let file = try Sample.file(Sample.records())
        let bytes = file.front + file.pages.joined()
        let name = SnapshotFormat.magic.count + 1 + "hub-1".utf8.count
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            let found = code { _ = try Sample.read(changed) }
            switch index {
            case 0..<SnapshotFormat.magic.count: #expect(found == .ledgerFormat)
            case SnapshotFormat.magic.count..<name:
                #expect([.ledgerKeyUnknown, .ledgerFormat, .ledgerTooLarge, .ledgerTruncated].contains(found))
            case name..<(name + 4): #expect([.ledgerTooLarge, .ledgerTruncated, .ledgerSignature].contains(found))
            case (name + 4)..<file.front.count: #expect(found == .ledgerSignature)
            default: #expect(found == .ledgerTampered)
            }
        }
    }

    @Test func whatFollowsTheLastPageIsFound() throws {
        let file = try Sample.file(Sample.records())
        #expect(code { _ = try Sample.read(file.front + file.pages.joined() + [0]) } == .ledgerTampered)
    }

    @Test func pagesInAnotherOrderAreFound() throws {
        let records = try Sample.records()
        let file = try Sample.file(records)
        let newer = try Sample.file(records, generation: 8)
        #expect(code { _ = try Sample.read(file.front + newer.pages.joined()) } == .ledgerTampered)
    }

    @Test func anUnknownSignerIsRefused() throws {
        let signer = try Sample.hub(keyID: "hub-2")
        let file = try Sample.file(Sample.records(), signedBy: signer)
        #expect(code { _ = try Sample.read(file.front + file.pages.joined()) } == .ledgerKeyUnknown)
    }

    @Test func aSignerUnderAFalseNameIsRefused() throws {
        let signer = try SigningKey(keyID: "hub-1", seed: Sample.stationSeed)
        let file = try Sample.file(Sample.records(), signedBy: signer)
        #expect(code { _ = try Sample.read(file.front + file.pages.joined()) } == .ledgerSignature)
    }

    @Test func anotherGroupKeyDoesNotOpen() throws {
        let file = try Sample.file(Sample.records())
        let bytes = file.front + file.pages.joined()
        let sameID = try StationGroupKey(keyID: 1, secret: Sample.hubSeed)
        #expect(code { _ = try Sample.read(bytes, group: sameID) } == .ledgerKeyUnknown)
        #expect(code { _ = try Sample.read(bytes, group: Sample.group(keyID: 2)) } == .ledgerKeyUnknown)
    }

    @Test func aFalseCountIsFound() throws {
        let file = try Sample.file(Sample.records())
        var manifest = try SnapshotFront(bytes: file.front).verifiedManifest(
            hubKeys: VerificationKeys([Sample.hub().verificationKey])
        )
        manifest.counts.payments += 1
        let front = try SnapshotFront(manifest: manifest, signedBy: Sample.hub())
        #expect(code { _ = try Sample.read(front.bytes + file.pages.joined()) } == .ledgerFormat)
    }

    @Test func theWriterKeepsTheOrder() throws {
        let records = try Sample.records()
        let elder = try Sample.elder()
        let other = try CitizenNumber("999999196507200139")
        let wrong: [[SnapshotRecord]] = [
            [records[0], records[0]], [records[0], records[1], records[1]], [records[3]], [records[0], records[4]],
            [records[0], records[3], records[0]], [records[0], records[3], records[1]],
            [records[0], records[3], .card(try Sample.card(of: other))],
            [records[0], records[3], .entitlement(try Sample.entitlement(of: elder))],
            records + [.card(try Sample.card(of: elder))],
        ]
        for sequence in wrong {
            #expect(code { _ = try Sample.file(sequence) } == .ledgerFormat)
        }
    }

    @Test func theWriterRefusesFieldsOutOfBounds() throws {
        let elder = try Sample.elder()
        func refused(_ change: (inout EntitlementRecord) -> Void) throws {
            var record = try Sample.entitlement(of: elder)
            change(&record)
            #expect(code { _ = try SnapshotRecord.entitlement(record).encoded() } == .ledgerFormat)
        }
        try refused { $0.id = "" }
        try refused { $0.id = String(repeating: "e", count: 41) }
        try refused { $0.source = "a b" }
        try refused { $0.taperMonthsLeft = 121 }
        try refused { $0.accountLastFour = "482" }
        try refused { $0.amount?.amount = Money(fen: -1) }
        try refused { $0.payments.reverse() }
        try refused { $0.payments[0].instalment = 100 }
        try refused { $0.payments[1] = $0.payments[0] }
        try refused { $0.payments[2].accountLastFour = "x007" }
    }

    @Test func personalRecordsHideThemselves() throws {
        var text = ""
        dump(try Sample.records(), to: &text)
        for secret in ["99999919400315001X", "张三丰", "A12345678", "4821", "0007", "65000", "19400315"] {
            #expect(!text.contains(secret))
        }
    }
}
