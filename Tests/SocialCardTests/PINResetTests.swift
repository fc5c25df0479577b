import BlockCipher
import SmartCard
import Testing

@testable import SocialCard

/// Unblocking and setting a PIN, byte by byte (PROTOCOLS.md 1.7).
@Suite
struct PINResetTests {
    private static let factors = hex("8665440700000001", "3434303730307378")

    private func command(
        _ action: PINResetCommand.Action,
        _ algorithm: CardAlgorithm,
        initialVector: [UInt8]? = nil
    ) throws -> PINResetCommand {
        let answerToReset = try AnswerToReset(bytes: Samples.answerToReset)
        let region = try #require(IdentificationCode(bytes: Samples.identificationCode)?.regionCode)
        let factors = try #require(DiversificationFactors(answerToReset: answerToReset, region: region))
        let zeros = [UInt8](repeating: 0, count: PINResetCommand.blockLength(of: algorithm))
        return PINResetCommand(
            action: action,
            algorithm: algorithm,
            factors: factors,
            initialVector: initialVector ?? zeros
        )
    }

    @Test
    func tripleDESReloadEncryptsOneBlockAndEndsWithTheCode() throws {
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(hex("BF DE 48 09 10") + Self.factors, hex("9000")),
            Exchange(hex("80 FA 00 00 08 03 123456 80000000"), hex("6108")),
            Exchange(hex("00 C0 00 00 08"), hex("C1C2C3C4C5C6C7C8 9000")),
            Exchange(
                hex("80 FA 05 00 18 0000000000000000", "84 24 00 01 0C C1C2C3C4C5C6C7C8 800000"),
                hex("D1D2D3D4D5D6D7D8 9000")
            ),
        ])
        let sealed = try PSAM(module, dialect: .bfde).seal(command(.reload, .tripleDES), newPIN: Digits("123456"))
        #expect(module.isOver)
        #expect(sealed == hex("C1C2C3C4C5C6C7C8 D1D2D3D4"))
    }

    @Test
    func sm4ReloadEncryptsABlockOfSixteen() throws {
        let cipherText = "C1C2C3C4C5C6C7C8C9CACBCCCDCECFC0"
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(hex("BF DE 48 09 10") + Self.factors, hex("9000")),
            Exchange(hex("80 FA 00 00 10 03 12345F 80000000 0000000000000000"), hex(cipherText, "9000")),
            Exchange(
                hex("80 FA 05 00 30", "05050505050505050000000000000000", "84 24 00 01 14", cipherText)
                    + hex("80 00000000000000000000"),
                hex("D1D2D3D4D5D6D7D8D9DADBDCDDDEDFD0 9000")
            ),
        ])
        let vector = hex("05050505050505050000000000000000")
        let sealed = try PSAM(module, dialect: .bfde)
            .seal(command(.reload, .sm4, initialVector: vector), newPIN: Digits("12345"))
        #expect(module.isOver)
        #expect(sealed == hex(cipherText, "D1D2D3D4"))
    }

    @Test
    func unblockIsACodeAlone() throws {
        let module = ScriptedChannel([
            Exchange(hex("00 A4 00 00 02 DF01"), hex("9000")),
            Exchange(hex("BF DE 48 09 10") + Self.factors, hex("9000")),
            Exchange(hex("80 FA 05 00 10 0000000000000000 84 24 00 00 04 800000"), hex("D1D2D3D4D5D6D7D8 9000")),
        ])
        let sealed = try PSAM(module, dialect: .bfde).seal(command(.unblock, .tripleDES), newPIN: nil)
        #expect(module.isOver && sealed == hex("D1D2D3D4"))
    }

    @Test(arguments: [
        ("1234", 8), ("123456", 8), ("123456789012", 8), ("1234567890123", 16), ("1234567890123456", 16),
    ])
    func everyPINFitsIntoWholeBlocks(_ pin: String, _ length: Int) throws {
        final class Recorder: CardChannel {
            var blocks: [[UInt8]] = []
            var answerToReset: AnswerToReset? { nil }

            func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
                guard command[1] == 0xFA else { return hex("9000") }
                blocks.append(Array(command[5...]))
                return Array(command[5...]) + hex("9000")
            }
        }
        let module = Recorder()
        _ = try PSAM(module, dialect: .bfde).seal(command(.reload, .tripleDES), newPIN: Digits(pin))
        #expect(module.blocks[0].count == length)
        #expect(BlockPadding.unpadded(module.blocks[0])?.count == 1 + (pin.utf8.count + 1) / 2)
    }

    @Test(arguments: ["", "123", "12345678901234567", "12a456"])
    func aPINThatIsNoneIsRefusedBeforeAnythingIsSent(_ pin: String) async throws {
        let reader = ChannelReader(Samples.secondGeneration())
        let service = PSAMService(reader: ChannelReader(failing: .cardAbsent), dialect: .bfde)
        let error = await #expect(throws: SocialCardError.self) {
            try await PINReset(service: service).reload(newPIN: Digits(pin), reader)
        }
        #expect(error?.code == .pinLength)
        #expect(await reader.calls == 0)
    }

    /// Answers and seals with fixed bytes.
    struct SealingService: AuthenticationService {
        var proof: CardProof { .psam }

        func answer(_ challenge: AuthenticationChallenge) async throws -> AuthenticationAnswer {
            try #require(
                AuthenticationAnswer(
                    internalResult: nil,
                    externalResult: hex("B1B2B3B4B5B6B7B8"),
                    externalSource: challenge.externalSource
                )
            )
        }

        func seal(_ command: PINResetCommand, newPIN: (any PINDigits & Sendable)?) async throws -> [UInt8] {
            hex("D1D2D3D4")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aResetIsOneCallOfTheReaderWithAWaitAndThreeWithout() async throws {
        let last = hex("84 24 00 00 04 D1D2D3D4")
        let waiting = ThreadReader(try Samples.thirdGeneration())
        try await PINReset(service: SealingService(), waiting: SemaphoreWait()).unblock(waiting)
        #expect(waiting.calls == 1)
        let free = ThreadReader(try Samples.thirdGeneration())
        try await PINReset(service: SealingService()).unblock(free)
        #expect(free.calls == 3)
        for reader in [waiting, free] {
            #expect(try await reader.withCard { ($0 as? CardDouble)?.commands.last } == last)
        }
    }

    @Test
    func aResetWhoseModuleIsTooSlowSendsNoCommandForThePIN() async throws {
        let reader = ThreadReader(try Samples.thirdGeneration())
        let reset = PINReset(service: SealingService(), waiting: TimeIsOver())
        let error = await #expect(throws: SocialCardError.self) { try await reset.unblock(reader) }
        #expect(error?.code == .psamRefused)
        let commands = try await reader.withCard { ($0 as? CardDouble)?.commands ?? [] }
        #expect(!commands.isEmpty && !commands.contains { $0[1] == 0x24 || $0[1] == 0x82 })
    }

    /// Keeps the command with the PIN and fails.
    final class FailingModule: CardChannel {
        var seen: [UInt8] = []
        var answerToReset: AnswerToReset? { nil }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            guard command[1] == 0xFA else { return hex("9000") }
            seen = Array(command)
            throw SmartCardError(.cardRemoved, "the module is torn out")
        }
    }

    @Test
    func theCommandWithThePINIsSentOnceAndFailsWithoutShowingIt() throws {
        let module = FailingModule()
        let command = try command(.reload, .tripleDES)
        let error = #expect(throws: SmartCardError.self) {
            try PSAM(module, dialect: .bfde).seal(command, newPIN: Digits("123456"))
        }
        #expect(module.seen == hex("80 FA 00 00 08 03 123456 80000000"))
        #expect(error.map { !"\($0)".contains("1234") && !"\($0)".contains("0312") } == true)
    }

    @Test(arguments: [
        ("63C2", "psam.authentication-failed"), ("63C0", "card.authentication-blocked"),
    ])
    func theKeyOfThePINIsProvedFirst(_ word: String, _ code: String) throws {
        let card = try Samples.thirdGeneration()
        card.externalAnswer = hex(word)
        let challenge = try SocialCard.openPINReset(card)
        let answer = try #require(
            AuthenticationAnswer(
                internalResult: nil,
                externalResult: hex("B1B2B3B4B5B6B7B8"),
                externalSource: challenge.externalSource
            )
        )
        let error = #expect(throws: SocialCardError.self) {
            try SocialCard.preparePINReset(
                card,
                challenge: challenge,
                answer: answer,
                proof: .psam,
                action: .unblock,
                vector: .zero
            )
        }
        #expect(error?.code.rawValue == code)
        #expect(card.commands.last == hex("00 82 00 06 10 B1B2B3B4B5B6B7B8 0303030303030303"))
    }

    @Test(arguments: [
        ("6988", "pin.reset-refused"), ("9302", "pin.reset-refused"), ("6982", "pin.reset-refused"),
        ("6D00", "pin.unsupported"), ("6E00", "pin.unsupported"),
    ])
    func statusWordsOfTheCommandHaveTheirCodes(_ word: String, _ code: String) throws {
        let card = try Samples.thirdGeneration()
        card.resetAnswer = hex(word)
        let command = try command(.unblock, .sm4)
        let error = #expect(throws: SocialCardError.self) {
            try SocialCard.sendPINReset(card, command, sealed: hex("D1D2D3D4"))
        }
        #expect(error?.code.rawValue == code)
        #expect(card.commands == [hex("84 24 00 00 04 D1D2D3D4")])
    }

    @Test(arguments: [0, 256])
    func dataOfAnotherLengthIsNotSent(_ count: Int) throws {
        let card = try Samples.thirdGeneration()
        let command = try command(.reload, .sm4)
        let error = #expect(throws: SocialCardError.self) {
            try SocialCard.sendPINReset(card, command, sealed: [UInt8](repeating: 1, count: count))
        }
        #expect(error?.code == .pinResetRefused && card.commands.isEmpty)
    }

    @Test(
        arguments: [
            (.zero, "00000000000000000000000000000000"), (.challenge, "05050505050505050000000000000000"),
        ] as [(PINResetCommand.VectorSource, String)]
    )
    func theVectorIsZerosOrTheCardsNextRandomNumber(
        _ source: PINResetCommand.VectorSource,
        _ vector: String
    ) throws {
        let card = try Samples.thirdGeneration()
        let challenge = try SocialCard.openPINReset(card)
        let answer = try #require(
            AuthenticationAnswer(
                internalResult: nil,
                externalResult: hex("B1B2B3B4B5B6B7B8"),
                externalSource: challenge.externalSource
            )
        )
        let command = try SocialCard.preparePINReset(
            card,
            challenge: challenge,
            answer: answer,
            proof: .psam,
            action: .reload,
            vector: source
        )
        #expect(command.initialVector == hex(vector) && command.action == .reload && command.blockLength == 16)
    }
}
