import CivilIdentity
import SeededRandom
import Testing

@Suite
struct PseudonymKeyTests {
    static let key = PseudonymKey(keyID: 1, material: Array(0..<32))

    @Test
    func pseudonymsAreStableSinceLedgerFilesCarryThem() throws {
        // Computed with another implementation of HMAC-SHA256.
        let resident = Self.key.residentKey(try CitizenNumber("99999919400315001X"))
        #expect(resident.description == "r1:811eb7606556b9421e86f9544acf59db")
        let card = Self.key.cardKey(identificationCode: Array(0..<16))
        #expect(card.description == "c1:96bff6281c2691b60ab7ac21b050bfb5")
        let number = Self.key.cardNumberKey("X00000019")
        #expect(number.prefix(4) == [0xD6, 0x47, 0x89, 0xA0])
        #expect(number.count == 16)
    }

    @Test
    func numberIsNormalisedBeforeHashing() throws {
        let upper = try CitizenNumber("99999919400315001X")
        let lower = try CitizenNumber("99999919400315001x")
        let legacy = try CitizenNumber("999999400315001")
        #expect(Self.key.residentKey(upper) == Self.key.residentKey(lower))
        #expect(Self.key.residentKey(upper) == Self.key.residentKey(legacy))
        #expect(Self.key.cardNumberKey(" x00000019\0") == Self.key.cardNumberKey("X00000019"))
        #expect(Self.key.cardNumberKey("X0000001 9") != Self.key.cardNumberKey("X00000019"))
        #expect(Self.key.cardNumberKey("").count == 16)
    }

    @Test
    func otherKeyAndOtherKindGiveOtherPseudonyms() throws {
        let number = try CitizenNumber("999999198806120357")
        let second = PseudonymKey(keyID: 2, material: Array(1...32))
        #expect(Self.key.residentKey(number) != second.residentKey(number))
        #expect(Self.key.residentKey(number).digest != Self.key.cardNumberKey(number.rawValue))
        let sameMaterial = PseudonymKey(keyID: 2, material: Array(0..<32))
        #expect(Self.key.residentKey(number) != sameMaterial.residentKey(number))
        #expect(Self.key.residentKey(number).digest == sameMaterial.residentKey(number).digest)
    }

    @Test
    func keyOfAPersonSurvivesStorage() throws {
        var random = SplitMix64(seed: 0x5EED_0001)
        for _ in 0..<1_000 {
            let bytes = random.bytes(17)
            let resident = try #require(ResidentKey(bytes: bytes))
            #expect(resident.bytes == bytes)
            #expect(resident.keyID == bytes[0])
            #expect(resident.digest == Array(bytes[1...]))
            let card = try #require(CardKey(bytes: bytes))
            #expect(card.bytes == bytes)
            #expect(card.description.dropFirst() == resident.description.dropFirst())
        }
        for count in [0, 1, 16, 18, 40] {
            #expect(ResidentKey(bytes: random.bytes(count)) == nil)
            #expect(CardKey(bytes: random.bytes(count)) == nil)
        }
    }

    @Test
    func noTwoPeopleShareAPseudonym() throws {
        var random = SplitMix64(seed: 0x5EED_0002)
        var keys: Set<ResidentKey> = []
        var numbers: Set<CitizenNumber> = []
        for _ in 0..<20_000 {
            let number = try CitizenNumberTests.random(&random)
            numbers.insert(number)
            keys.insert(Self.key.residentKey(number))
        }
        #expect(keys.count == numbers.count)
    }

    @Test
    func inv19DescriptionTellsNoKeyMaterial() {
        var dumped = ""
        dump(Self.key, to: &dumped)
        dumped += "\(Self.key) \(String(reflecting: Self.key))"
        #expect(!dumped.contains("31"))
        #expect(dumped.contains("PseudonymKey(1)"))
    }
}
