import CivilIdentity
import SeededRandom
import Testing

@Suite
struct PersonNameTests {
    @Test(arguments: [[0x00, 0x00], [0x20, 0x20, 0x20], [0xFF], [0x00, 0x20, 0xFF, 0x00], []] as [[UInt8]])
    func paddingAtTheEndIsDropped(_ padding: [UInt8]) throws {
        #expect(try PersonName(gb18030: [0xD5, 0xC5, 0xC8, 0xFD] + padding).revealed == "张三")
    }

    @Test(arguments: ["张三", "阿依古丽·买买提", "𠀀𪛖", "欧阳\u{20000}明", "Anna Maria"])
    func nameSplitAtAnyByteOverTwoRecordsIsJoined(_ text: String) throws {
        let bytes = try GB18030.encode(text)
        for cut in 1..<bytes.count where bytes[cut - 1] != 0x20 {
            let base = Array(bytes[..<cut]) + (cut % 2 == 0 ? [0x00, 0x00] : [])
            let name = try PersonName(base: base, extension: Array(bytes[cut...]) + [0x00, 0x00])
            #expect(name.revealed == text)
        }
    }

    @Test
    func paddedBaseWithAnExtensionOfPaddingOnlyIsTheBase() throws {
        let base: [UInt8] = [0xC0, 0xEE] + [UInt8](repeating: 0, count: 28)
        #expect(try PersonName(base: base, extension: [UInt8](repeating: 0xFF, count: 20)).revealed == "李")
        #expect(try PersonName(base: base, extension: nil).revealed == "李")
    }

    @Test(
        arguments: [
            ([], CivilIdentityError.Code.nameEmpty),
            ([0x00, 0x20, 0xFF], .nameEmpty),
            ([0xA1, 0xA1], .nameEmpty),
            ([0xD5], .nameUndecodable),
            ([0xD5, 0xC5, 0xC8], .nameUndecodable),
            ([0xD5, 0xC5, 0x80], .nameUndecodable),
            ([0x41, 0x00, 0x42], .nameControlCharacter),
            ([0x41, 0x0A, 0x42], .nameControlCharacter),
            ([0x41, 0x1B, 0x5B, 0x42], .nameControlCharacter),
            ([UInt8](repeating: 0x41, count: 51), .nameTooLong),
        ] as [([UInt8], CivilIdentityError.Code)]
    )
    func malformedNameIsRefusedWithItsCode(_ bytes: [UInt8], _ code: CivilIdentityError.Code) {
        #expect(Self.code { () throws(CivilIdentityError) in try PersonName(gb18030: bytes) } == code)
    }

    @Test(arguments: [
        ("", CivilIdentityError.Code.nameEmpty), ("  \u{3000}", .nameEmpty), ("张\u{202E}三", .nameControlCharacter),
        ("张\u{200B}三", .nameControlCharacter), ("张\u{2028}三", .nameControlCharacter), ("张\u{FFFD}", .nameUndecodable),
        ("张\u{FFFE}", .nameUndecodable), (String(repeating: "张", count: 51), .nameTooLong),
    ])
    func malformedTextIsRefusedWithItsCode(_ text: String, _ code: CivilIdentityError.Code) {
        #expect(Self.code { () throws(CivilIdentityError) in try PersonName(text) } == code)
    }

    @Test
    func longestNameOfACardFits() throws {
        let bytes = [UInt8](repeating: 0x41, count: 30) + [UInt8](repeating: 0x42, count: 20)
        #expect(try PersonName(base: Array(bytes[..<30]), extension: Array(bytes[30...])).revealed.count == 50)
        let text = String(repeating: "张", count: 25)
        #expect(try PersonName(gb18030: GB18030.encode(text)).revealed == text)
    }

    @Test
    func inv19NoDescriptionTellsTheName() throws {
        struct Holder {
            var name: PersonName
            var optional: PersonName?
        }
        let name = try PersonName("欧阳秀英")
        #expect(name.masked == "欧*")
        let holder = Holder(name: name, optional: name)
        var dumped = ""
        dump(name, to: &dumped)
        dump(holder, to: &dumped)
        dumped += "\(name) \(holder) \([name]) \(String(reflecting: name)) \(String(reflecting: holder))"
        #expect(!dumped.contains("阳"))
        #expect(!dumped.contains("秀"))
        #expect(dumped.contains("欧*"))
    }

    @Test
    func maskShowsOneCharacterAlsoWhenMarksFollowIt() throws {
        #expect(try PersonName("e\u{301}\u{302}\u{303}va").masked == "e*")
        #expect(try PersonName("𠀀三").masked == "𠀀*")
    }

    @Test
    func mutatedNamesAreRefusedOrDecodedAndNeverTrap() throws {
        var random = SplitMix64(seed: 0x4A4E_0001)
        let valid = try ["张三", "阿依古丽·买买提", "欧阳\u{20000}明", "李"].map { try GB18030.encode($0) }
        for _ in 0..<100_000 {
            var base = valid[random.below(valid.count)]
            for _ in 0...random.below(3) where !base.isEmpty {
                switch random.below(3) {
                case 0: base[random.below(base.count)] = UInt8(random.below(256))
                case 1: base.remove(at: random.below(base.count))
                default: base.insert(UInt8(random.below(256)), at: random.below(base.count + 1))
                }
            }
            let cut = random.below(base.count + 1)
            guard let name = try? PersonName(base: Array(base[..<cut]), extension: Array(base[cut...])) else {
                continue
            }
            #expect(!name.revealed.isEmpty)
            #expect(name.revealed.utf8.count <= PersonName.utf8BytesMax)
            #expect(try PersonName(name.revealed) == name)
        }
    }

    private static func code(
        _ body: () throws(CivilIdentityError) -> PersonName
    ) -> CivilIdentityError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return error.code
        }
    }
}
