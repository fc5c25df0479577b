import CivilIdentity
import SeededRandom
import Testing

@Suite
struct CitizenNumberTests {
    /// Synthetic people of the area 999999, which belongs to nobody.
    static let synthetic = [
        "99999919400315001X", "999999194811090027", "999999196507200139", "999999197204010244",
        "999999198806120357", "999999201509010463", "99999920081225057X", "99999919550505003X",
    ]

    @Test(arguments: synthetic)
    func validNumberStaysAsItIs(_ text: String) throws {
        let number = try CitizenNumber(text)
        #expect(number.rawValue == text)
        #expect(number.isSynthetic)
        #expect(number.division.rawValue == "999999")
        #expect(number.birthDate.iso.filter(\.isNumber) == text.dropFirst(6).prefix(8))
    }

    @Test
    func examplesOfTheStandardAreValid() throws {
        let woman = try CitizenNumber("11010519491231002X")
        #expect(woman.sex == .female)
        #expect(woman.birthDate.iso == "1949-12-31")
        #expect(woman.division.rawValue == "110105")
        #expect(!woman.isSynthetic)
        #expect(try CitizenNumber("440524188001010014").sex == .male)
    }

    @Test
    func lowerCaseXBecomesUpperCase() throws {
        #expect(try CitizenNumber("99999919400315001x").rawValue == "99999919400315001X")
        #expect(try CitizenNumber("99999919400315001x") == CitizenNumber("99999919400315001X"))
    }

    @Test
    func legacyNumberIsWidenedToTheTwentiethCentury() throws {
        let number = try CitizenNumber("999999400315001")
        #expect(number.rawValue == "99999919400315001X")
        #expect(number.birthDate.iso == "1940-03-15")
    }

    @Test(arguments: ["810000189001010019", "820000189001010018", "830000189001010017"])
    func residencePermitNumbersOfHongKongMacauAndTaiwanAreAccepted(_ text: String) throws {
        let body = text.prefix(17)
        let number = try CitizenNumber(body + [Self.checkCharacter(of: String(body))])
        #expect(number.division.rawValue == text.prefix(6))
        #expect(number.birthDate.year == 1_890)
    }

    @Test(arguments: [
        ("", CivilIdentityError.Code.numberLength),
        ("9999991940031500", .numberLength),
        ("99999919400315001", .numberLength),
        ("99999919400315001X0", .numberLength),
        (" 99999919400315001", .numberCharacters),
        ("9999991940031500X1", .numberCharacters),
        ("99999919400315001Y", .numberCharacters),
        ("99999940031500X", .numberCharacters),
        ("９９999919400315001", .numberLength),
        ("999999194003150010", .numberCheckDigit),
        ("999999194003150011", .numberCheckDigit),
        ("99999919400230001", .numberLength),
        ("999999400230001", .numberBirthDate),
        ("999999401315001", .numberBirthDate),
        ("999999400315000", .numberSequence),
    ])
    func malformedNumberIsRefusedWithItsCode(_ text: String, _ code: CivilIdentityError.Code) {
        #expect(Self.code(text) == code)
    }

    @Test(arguments: [
        ("99999918000101001", nil), ("99999921991231001", nil),
        ("99999917991231001", CivilIdentityError.Code.numberBirthDate), ("99999922000101001", .numberBirthDate),
        ("99999919000229001", .numberBirthDate), ("99999920000229001", nil), ("99999919400315000", .numberSequence),
    ])
    func birthDateMustExistAndBePlausible(_ body: String, _ code: CivilIdentityError.Code?) {
        #expect(Self.code(body + String(Self.checkCharacter(of: body))) == code)
    }

    @Test
    func numberIsBuiltOfItsParts() throws {
        let number = try CitizenNumber(
            division: DivisionCode("999999"),
            birthDate: CivilDate(year: 1_940, month: 3, day: 15),
            sequence: 1
        )
        #expect(number.rawValue == "99999919400315001X")
        let date = try CivilDate(year: 2_200, month: 1, day: 1)
        let division = try DivisionCode("999999")
        #expect(throws: CivilIdentityError.self) {
            try CitizenNumber(division: division, birthDate: date, sequence: 1)
        }
        #expect(throws: CivilIdentityError.self) {
            try CitizenNumber(division: DivisionCode("9999"), birthDate: .earliest, sequence: 1)
        }
        #expect(throws: CivilIdentityError.self) {
            try CitizenNumber(division: division, birthDate: .earliest, sequence: 1_000)
        }
    }

    @Test
    func inv19NoDescriptionTellsTheNumber() throws {
        struct Holder {
            var number: CitizenNumber
            var optional: CitizenNumber?
        }
        let text = "999999198806120357"
        let number = try CitizenNumber(text)
        #expect(number.masked == "999*************57")
        let holder = Holder(number: number, optional: number)
        var dumped = ""
        dump(number, to: &dumped)
        dump(holder, to: &dumped)
        dump([text.count: number], to: &dumped)
        dumped += "\(number) \(holder) \([number]) \(String(reflecting: number)) \(String(reflecting: holder))"
        dumped += String(describing: Mirror(reflecting: number).children.map { "\($0)" })
        #expect(!dumped.contains("19880612"))
        #expect(!dumped.contains("9881"))
        #expect(!dumped.contains("88061"))
        #expect(dumped.contains(number.masked))
        #expect(!String(describing: Self.error("999999198806120358")).contains("9988"))
    }

    @Test
    func randomTextIsRefusedOrValidAndNeverTraps() {
        var random = SplitMix64(seed: 0xC171_0001)
        let alphabet = Array("0123456789Xx".utf8)
        var accepted = 0
        for round in 0..<100_000 {
            let length = [0, 14, 15, 16, 17, 18, 19, 40][random.below(8)]
            let bytes =
                round % 4 == 0 ? random.bytes(length) : (0..<length).map { _ in alphabet[random.below(alphabet.count)] }
            guard let number = try? CitizenNumber(ascii: bytes) else { continue }
            accepted += 1
            let raw = number.rawValue
            #expect(raw.utf8.count == 18)
            #expect((try? CitizenNumber(raw)) == number)
            #expect(CitizenNumber.birthYears.contains(number.birthDate.year))
        }
        #expect(accepted < 1_000)
    }

    @Test
    func everySingleWrongDigitAndEverySwapIsFound() throws {
        var random = SplitMix64(seed: 0xC171_0002)
        for _ in 0..<100_000 {
            let valid = try Self.random(&random)
            var bytes = Array(valid.rawValue.utf8)
            let position = random.below(17)
            if random.below(2) == 0 {
                bytes[position] = 0x30 + (bytes[position] - 0x30 + UInt8(1 + random.below(9))) % 10
            } else {
                bytes.swapAt(position, position + 1)
            }
            let isSame = bytes == Array(valid.rawValue.utf8)
            #expect((try? CitizenNumber(ascii: bytes)) == (isSame ? valid : nil))
        }
    }

    @Test
    func checkDigitAgreesWithTheWeightsOfTheStandard() throws {
        var random = SplitMix64(seed: 0xC171_0003)
        for _ in 0..<2_000 {
            let raw = try Self.random(&random).rawValue
            #expect(raw.last == Self.checkCharacter(of: String(raw.prefix(17))))
        }
    }

    /// The check character by the table of the standard; the code under test computes it another way.
    static func checkCharacter(of body: String) -> Character {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return Array("10X98765432")[sum % 11]
    }

    static func random(_ random: inout SplitMix64) throws -> CitizenNumber {
        try CitizenNumber(
            division: DivisionCode("999999"),
            birthDate: CivilDate.earliest.adding(days: random.below(146_000)),
            sequence: 1 + random.below(999)
        )
    }

    private static func error(_ text: String) -> CivilIdentityError? {
        do {
            _ = try CitizenNumber(text)
            return nil
        } catch {
            return error
        }
    }

    private static func code(_ text: String) -> CivilIdentityError.Code? { error(text)?.code }
}

extension CitizenNumber {
    /// Convenience for texts put together in tests.
    fileprivate init(_ characters: some Sequence<Character>) throws(CivilIdentityError) {
        try self.init(String(characters))
    }
}
