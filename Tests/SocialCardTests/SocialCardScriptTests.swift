import CivilIdentity
import SmartCard
import SocialCard
import Testing

/// Whole readings, exchange by exchange.
@Suite
struct SocialCardScriptTests {
    static let select = hex("00 A4 04 00", "0F", "7378312E73682E", "C9E7BBE1B1A3D5CF")

    /// A first-generation card without any oddity.
    static let firstGeneration = [
        Exchange(select, hex("6F 16", "84 0F 7378312E73682EC9E7BBE1B1A3D5CF", "A5 03 88011E", "9000")),
        Exchange(hex("00 A4 00 00", "02", "EF05"), hex("9000")),
        Exchange(hex("00 B2 01 00", "12"), hex("01 10", "440700D156000005 00000001 00000000", "9000")),
        Exchange(hex("00 B2 02 00", "03"), hex("02 01", "33", "9000")),
        Exchange(hex("00 B2 03 00", "06"), hex("03 04", "312E3030", "9000")),
        Exchange(hex("00 B2 04 00", "0E"), hex("04 0C", "915600000299999900000000", "9000")),
        Exchange(hex("00 B2 05 00", "06"), hex("05 04", "20101001", "9000")),
        Exchange(hex("00 B2 06 00", "06"), hex("06 04", "20301001", "9000")),
        Exchange(hex("00 B2 07 00", "0B"), hex("07 09", "583030303030303139", "9000")),
        Exchange(hex("00 A4 00 00", "02", "EF06"), hex("9000")),
        Exchange(hex("00 B2 08 00", "14"), hex("08 12", "393939393939313934303033313530303158", "9000")),
        Exchange(
            hex("00 B2 09 00", "20"),
            hex("09 1E", "D5C5C8FD", "0000000000000000000000000000000000000000000000000000", "9000")
        ),
        Exchange(hex("00 B2 0A 00", "03"), hex("0A 01", "31", "9000")),
        Exchange(hex("00 B2 0B 00", "03"), hex("0B 01", "01", "9000")),
        Exchange(hex("00 B2 0C 00", "05"), hex("0C 03", "440703", "9000")),
        Exchange(hex("00 B2 0D 00", "06"), hex("0D 04", "19400315", "9000")),
    ]

    /// A third-generation card that announces SM4 and its answers byte-oriented, up to the issuer's file.
    static let thirdGeneration = [
        Exchange(select, hex("61 1E")),
        Exchange(
            hex("00 C0 00 00", "1E"),
            hex("6F 1C", "84 0F 7378312E73682EC9E7BBE1B1A3D5CF", "A5 09", "88 01 1E", "9F0C 03 860103", "9000")
        ),
        Exchange(hex("00 A4 00 00", "02", "EF05"), hex("6A86")),
        Exchange(hex("00 A4 02 00", "02", "EF05"), hex("61 02")),
        Exchange(hex("00 C0 00 00", "02"), hex("6F00", "9000")),
        Exchange(hex("00 B2 01 00", "12"), hex("01 10", "440700D156000005 C38275EEFC9B9648", "9000")),
        Exchange(hex("00 B2 02 00", "03"), hex("02 01", "33", "9000")),
        Exchange(hex("00 B2 03 00", "06"), hex("6C 07")),
        Exchange(hex("00 B2 03 00", "07"), hex("03 05", "332E303000", "9000")),
        Exchange(hex("00 B2 04 00", "0E"), hex("6A83")),
        Exchange(hex("00 B2 05 00", "06"), hex("05 04", "20210630", "9000")),
        Exchange(hex("00 B2 06 00", "06"), hex("06 04", "20310630", "9000")),
        Exchange(hex("00 B2 07 00", "0B"), hex("07 09", "583030303030303139", "9000")),
    ]

    @Test
    func readsAFirstGenerationCardInSixteenExchanges() throws {
        let channel = ScriptedChannel(Self.firstGeneration)
        let card = try SocialCard.read(channel)
        #expect(channel.isOver)
        #expect(card.generation == .first)
        #expect(card.specVersion == "1.00")
        #expect(card.algorithm == .tripleDES)
        #expect(card.identificationCode?.hex == "440700d1560000050000000100000000")
        #expect(card.identificationCode?.regionCode?.rawValue == "440700")
        #expect(card.cardClass == "3")
        #expect(card.initialisationOrganisation == hex("915600000299999900000000"))
        #expect(card.issuedOn?.iso == "2010-10-01")
        #expect(card.expiresOn?.iso == "2030-10-01")
        #expect(card.cardNumber == "X00000019")
        #expect(card.holder?.citizenNumber?.rawValue == "99999919400315001X")
        #expect(card.holder?.name?.revealed == "张三")
        #expect(card.holder?.sex == .male)
        #expect(card.holder?.ethnicityCode == "01")
        #expect(card.holder?.birthplace?.rawValue == "440703")
        #expect(card.holder?.birthDate?.iso == "1940-03-15")
        #expect(card.warnings == [])
    }

    @Test
    func readsTheIssuersFileOfAThirdGenerationCardAndStopsThere() throws {
        let channel = ScriptedChannel(Self.thirdGeneration)
        let card = try SocialCard.read(channel)
        #expect(channel.isOver)
        #expect(card.generation == .third)
        #expect(card.specVersion == "3.00")
        #expect(card.algorithm == .sm4)
        #expect(card.cardNumber == "X00000019")
        #expect(card.initialisationOrganisation == nil)
        #expect(card.holder == nil)
        #expect(
            card.warnings.map(\.rawValue) == [
                "warning.record-missing.initialisation-organisation",
                "warning.generation-3-holder-needs-authentication",
            ]
        )
    }

    @Test
    func identificationCodeTakesThreeExchanges() throws {
        let channel = ScriptedChannel(Array(Self.firstGeneration[..<3]))
        let code = try SocialCard.readIdentificationCode(channel)
        #expect(channel.isOver)
        #expect(code.bytes == Samples.identificationCode)
    }

    @Test(arguments: [firstGeneration, thirdGeneration])
    func aCardTornOutAtAnyBoundaryOfAReadingIsAnError(_ script: [Exchange]) {
        for boundary in script.indices {
            let channel = ScriptedChannel(script)
            channel.tornAt = boundary
            let error = #expect(throws: SmartCardError.self) { try SocialCard.read(channel) }
            #expect(error?.code == .cardRemoved)
            #expect(channel.count == boundary)
        }
    }

    @Test
    func aCardTornOutAtAnyBoundaryOfAPINEntryIsAnError() {
        let verify = Exchange(hex("00 20 00 00", "03", "123456"), hex("9000"))
        let script = Self.firstGeneration[..<3] + [verify]
        for boundary in script.indices {
            let channel = ScriptedChannel(Array(script))
            channel.tornAt = boundary
            let error = #expect(throws: SmartCardError.self) {
                _ = try SocialCard.readIdentificationCode(channel)
                _ = try SocialCard.verifyPIN(channel, pin: Digits("123456"))
            }
            #expect(error?.code == .cardRemoved)
            #expect(channel.count == boundary)
        }
    }
}
