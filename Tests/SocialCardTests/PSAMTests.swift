import SmartCard
import Testing

@testable import SocialCard

/// The commands of both dialects, byte by byte (PROTOCOLS.md 1.8a).
@Suite
struct PSAMTests {
    private static let internalKey = PSAMDialect.Key(type: 8, identifier: 0x0B)
    private static let card = "8665440700000001"
    private static let city = "3434303730307378"
    private static let province = "3434303030307368"

    private func challenge(_ purpose: AuthenticationChallenge.Purpose = .holder) throws -> AuthenticationChallenge {
        let card = try Samples.thirdGeneration()
        if purpose == .pinReset { return try SocialCard.openPINReset(card) }
        guard case .closed(_, let challenge) = try SocialCard.open(card) else {
            throw SocialCardError(.refused, "the card was read whole")
        }
        return challenge
    }

    private func dialect(_ base: PSAMDialect, levels: Int = 2, proves: Bool = false) -> PSAMDialect {
        var dialect = base
        dialect.levels = levels
        dialect.internalKey = proves ? Self.internalKey : nil
        return dialect
    }

    @Test
    func bfdeTakesFactorsAndRandomNumberTogether() throws {
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(hex("BF DE 48 0A 18", Self.card, Self.city, "0404040404040404"), hex("9000")),
            Exchange(hex("80 FA 00 00 08 0303030303030303"), hex("6108")),
            Exchange(hex("00 C0 00 00 08"), hex("B1B2B3B4B5B6B7B8 9000")),
        ])
        let answer = try PSAM(module, dialect: dialect(.bfde)).answer(challenge())
        #expect(module.isOver)
        #expect(answer.internalResult == nil)
        #expect(answer.externalResult == hex("B1B2B3B4B5B6B7B8"))
        #expect(answer.externalSource == hex("0303030303030303"))
    }

    @Test(arguments: [(1, "2A", ""), (2, "4A", city), (3, "6A", city + province)])
    func usageTellsLevelsAndType(_ levels: Int, _ usage: String, _ factors: String) throws {
        var dialect = dialect(.bfde, levels: levels)
        dialect.holderKey = PSAMDialect.Key(type: 0x0A, identifier: 0x33)
        let count = 8 * levels + 8
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(
                hex("BF DE", usage, "33") + [UInt8(count)] + hex(Self.card, factors, "0404040404040404"),
                hex("9000")
            ),
            Exchange(hex("80 FA 00 00 08 0303030303030303"), hex("B1B2B3B4B5B6B7B8 9000")),
        ])
        _ = try PSAM(module, dialect: dialect).answer(challenge())
        #expect(module.isOver)
    }

    @Test
    func theOtherDialectDerivesByACommandOfItsOwnAndSelectsByName() throws {
        var dialect = dialect(.cla801a, proves: true)
        dialect.folder = .application(hex("D15600000590"))
        let module = ScriptedChannel([
            Exchange(hex("00 A4 04 00 06 D15600000590"), hex("9000")),
            Exchange(hex("80 1A 48 0B 10", Self.card, Self.city), hex("9000")),
            Exchange(hex("80 FC 00 00 08 0202020202020202"), hex("9000")),
            Exchange(hex("80 FA 00 00 08 0101010101010101"), hex("A1A2A3A4A5A6A7A8 9000")),
            Exchange(hex("80 1A 48 0A 10", Self.card, Self.city), hex("9000")),
            Exchange(hex("80 FC 00 00 08 0404040404040404"), hex("9000")),
            Exchange(hex("80 FA 00 00 08 0303030303030303"), hex("B1B2B3B4B5B6B7B8 9000")),
        ])
        let answer = try PSAM(module, dialect: dialect).answer(challenge())
        #expect(module.isOver)
        #expect(answer.internalResult == hex("A1A2A3A4A5A6A7A8"))
    }

    @Test
    func aModuleWithoutTheKeyOfInternalAuthenticationStillOpens() throws {
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(hex("BF DE 48 0B 18", Self.card, Self.city, "0202020202020202"), hex("6A88")),
            Exchange(hex("BF DE 48 0A 18", Self.card, Self.city, "0404040404040404"), hex("9000")),
            Exchange(hex("80 FA 00 00 08 0303030303030303"), hex("B1B2B3B4B5B6B7B8 9000")),
        ])
        let answer = try PSAM(module, dialect: dialect(.bfde, proves: true)).answer(challenge())
        #expect(module.isOver && answer.internalResult == nil)
    }

    @Test
    func thePINHasAKeyOfItsOwn() throws {
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(hex("BF DE 48 10 18", Self.card, Self.city, "0404040404040404"), hex("9000")),
            Exchange(hex("80 FA 00 00 08 0303030303030303"), hex("B1B2B3B4B5B6B7B8 9000")),
        ])
        _ = try PSAM(module, dialect: dialect(.bfde)).answer(challenge(.pinReset))
        #expect(module.isOver)
    }

    @Test(
        arguments: [
            ("6D00", "psam.wrong-dialect"), ("6E00", "psam.wrong-dialect"), ("6A86", "psam.wrong-dialect"),
            ("6700", "psam.wrong-dialect"), ("6A88", "psam.key-missing"), ("9403", "psam.key-missing"),
            ("6A81", "psam.key-missing"), ("6985", "psam.refused"), ("6F00", "psam.refused"),
        ]
    )
    func statusWordsOfTheModuleHaveTheirCodes(_ word: String, _ code: String) throws {
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(hex("BF DE 48 0A 18", Self.card, Self.city, "0404040404040404"), hex(word)),
        ])
        let challenge = try challenge()
        let error = #expect(throws: SocialCardError.self) { try PSAM(module, dialect: .bfde).answer(challenge) }
        #expect(error?.code.rawValue == code)
        #expect(error?.message.contains(word) == true && module.isOver)
    }

    @Test
    func somethingWithoutTheFolderSpeaksNoDialect() throws {
        let module = ScriptedChannel([Exchange(hex("00 A4 00 00 02 DF01"), hex("6A82"))])
        let challenge = try challenge()
        let error = #expect(throws: SocialCardError.self) { try PSAM(module, dialect: .bfde).answer(challenge) }
        #expect(error?.code == .psamWrongDialect)
    }

    @Test
    func aResultThatIsTooShortIsRefused() throws {
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(hex("BF DE 48 0A 18", Self.card, Self.city, "0404040404040404"), hex("9000")),
            Exchange(hex("80 FA 00 00 08 0303030303030303"), hex("B1B2 9000")),
        ])
        let challenge = try challenge()
        let error = #expect(throws: SocialCardError.self) { try PSAM(module, dialect: .bfde).answer(challenge) }
        #expect(error?.code == .psamRefused)
    }

    @Test(
        arguments: [
            ("440703000001 9000", "440703000001"), ("44070300000F 9000", nil), ("4407 9000", nil), ("6A82", nil),
        ] as [(String, String?)]
    )
    func terminalNumberIsTwelveDigitsOrUnknown(_ answer: String, _ number: String?) throws {
        let module = ScriptedChannel([Exchange(hex("00 B0 96 00 06"), hex(answer))])
        #expect(try PSAM(module, dialect: .bfde).terminalNumber() == number)
    }

    @Test
    func aModuleThatNeverEndsIsGivenUp() throws {
        final class Endless: CardChannel {
            private(set) var count = 0
            var answerToReset: AnswerToReset? { nil }

            func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
                count += 1
                return [0x00, 0x61, 0x01]
            }
        }
        let module = Endless()
        let challenge = try challenge()
        let error = #expect(throws: SmartCardError.self) { try PSAM(module, dialect: .bfde).answer(challenge) }
        #expect(error?.code == .apduResponseLoop)
        #expect(module.count <= PSAM.exchangeLimit)
    }

    @Test(
        arguments: [
            (.cardAbsent, "psam.missing"), (.readerNotFound, "psam.missing"), (.readerUnplugged, "psam.missing"),
            (.cardMute, "psam.missing"), (.cardRemoved, "psam.missing"), (.readerTimeout, "psam.refused"),
            (.cardCommunication, "psam.refused"),
        ] as [(SmartCardError.Code, String)]
    )
    func aSlotThatFailsIsAModuleThatIsMissingOrFailed(_ failure: SmartCardError.Code, _ code: String) async throws {
        let service = PSAMService(reader: ChannelReader(failing: failure), dialect: .bfde)
        let challenge = try challenge()
        let error = await #expect(throws: SocialCardError.self) { try await service.answer(challenge) }
        #expect(error?.code.rawValue == code)
        #expect((error?.cause as? SmartCardError)?.code == failure)
    }
}
