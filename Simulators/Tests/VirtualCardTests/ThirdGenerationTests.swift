import BlockCipherOpenSSL
import CivilIdentity
import SimulatorTestKit
import SmartCard
import SocialCard
import Testing
import VirtualCard

/// Cards of the third generation with the simulator's modules, through the code of a station.
@Suite
struct ThirdGenerationTests {
    static let internalKey = PSAMDialect.Key(type: 8, identifier: 0x0B)

    private func card(_ cipher: CardCipher?, quirks: Set<CardQuirk> = [], seed: UInt64 = 1) -> ChipReader {
        ChipReader(
            .card(VirtualCard(image: SampleCard.image(generation: 3, cipher: cipher, quirks: quirks), seed: seed))
        )
    }

    private func service(
        _ cipher: CardCipher,
        _ dialect: SecurityModuleImage.Dialect = .bfde,
        speaking: PSAMDialect? = nil,
        keys: Set<SimulatedKeys.Purpose> = Set(SimulatedKeys.Purpose.allCases),
        wrongKeys: Set<SimulatedKeys.Purpose> = []
    ) -> PSAMService {
        let image = SecurityModuleImage(dialect: dialect, cipher: cipher, keys: keys, wrongKeys: wrongKeys)
        var spoken = speaking ?? (dialect == .bfde ? .bfde : .cla801a)
        spoken.internalKey = Self.internalKey
        return PSAMService(reader: ChipReader(.module(VirtualPSAM(image: image, seed: 2))), dialect: spoken)
    }

    /// The back office, without a network.
    struct BackOffice: AuthenticationService {
        var module: VirtualHSM
        var proof: CardProof { .hsm }

        func answer(_ challenge: AuthenticationChallenge) async throws -> AuthenticationAnswer {
            guard let text = module.answer(challenge.text(terminal: "440703000001")) else {
                throw SocialCardError(.hsmRefused, "the question has another form")
            }
            return try AuthenticationAnswer(text: text.utf8)
        }

        func seal(_ command: PINResetCommand, newPIN: (any PINDigits & Sendable)?) async throws -> [UInt8] {
            throw SocialCardError(.hsmRefused, "this back office resets no PIN")
        }
    }

    private func backOffice(wrongKeys: Set<SimulatedKeys.Purpose> = []) throws -> BackOffice {
        BackOffice(module: VirtualHSM(cipher: try OpenSSLBlockCipher(), wrongKeys: wrongKeys))
    }

    private func code(_ body: () async throws -> some Sendable) async -> String? {
        do {
            _ = try await body()
            return nil
        } catch let error as SocialCardError {
            return error.code.rawValue
        } catch let error as SmartCardError {
            return error.code.rawValue
        } catch {
            return "\(type(of: error))"
        }
    }

    static let ciphers: [(CardCipher?, CardCipher)] = [(.sm4, .sm4), (.tripleDES, .tripleDES), (nil, .tripleDES)]

    @Test(arguments: ciphers, SecurityModuleImage.Dialect.allCases)
    func aModuleInTheTerminalProvesAndOpensTheCard(
        _ ciphers: (card: CardCipher?, module: CardCipher),
        _ dialect: SecurityModuleImage.Dialect
    ) async throws {
        let data = try await AuthenticatedReading(services: [service(ciphers.module, dialect)]).read(card(ciphers.card))
        #expect(data.proof == .psam && data.generation == .third && data.warnings == [])
        #expect(data.holder?.citizenNumber?.rawValue == "999999194811090027")
    }

    @Test(arguments: ciphers)
    func theBackOfficeProvesAndOpensTheCard(_ ciphers: (card: CardCipher?, module: CardCipher)) async throws {
        let data = try await AuthenticatedReading(services: [backOffice()]).read(card(ciphers.card))
        #expect(data.proof == .hsm && data.holder?.name?.revealed == "贾样例")
    }

    @Test
    func aContactlessCardHasTheSameKeys() async throws {
        let chip = VirtualCard(image: SampleCard.image(generation: 3, cipher: .sm4), seed: 1)
        let reader = ChipReader(.card(chip), interface: .contactless)
        let data = try await AuthenticatedReading(services: [service(.sm4)]).read(reader)
        #expect(data.proof == .psam)
    }

    @Test(arguments: [[.foreignKeys], [.foreignKeys, .anyAuthenticationAccepted]] as [Set<CardQuirk>])
    func aCopyOfAllFilesFailsWithoutTheKeys(_ quirks: Set<CardQuirk>) async throws {
        let backOffice = try backOffice()
        for services in [[service(.sm4)], [backOffice]] as [[any AuthenticationService]] {
            let reader = card(.sm4, quirks: quirks)
            #expect(
                await code { try await AuthenticatedReading(services: services).read(reader) }
                    == "card.authentication-failed"
            )
        }
    }

    @Test
    func everyModuleThatCannotServeHasItsCode() async throws {
        let noHolderKey: Set<SimulatedKeys.Purpose> = [.internalAuthentication]
        let cases: [(any AuthenticationService, String)] = [
            (service(.sm4, wrongKeys: [.holder]), "psam.authentication-failed"),
            (service(.sm4, wrongKeys: [.internalAuthentication]), "card.authentication-failed"),
            (service(.sm4, .cla801a, speaking: .bfde), "psam.wrong-dialect"),
            (service(.sm4, .bfde, speaking: .cla801a), "psam.wrong-dialect"),
            (service(.sm4, keys: noHolderKey), "psam.key-missing"),
            (PSAMService(reader: card(.sm4), dialect: .bfde), "psam.wrong-dialect"),
            (try backOffice(wrongKeys: [.holder]), "hsm.authentication-failed"),
        ]
        for (service, expected) in cases {
            let reader = card(.sm4)
            #expect(await code { try await AuthenticatedReading(services: [service]).read(reader) } == expected)
        }
    }

    @Test
    func theBackOfficeTakesOverFromAModuleOfAnotherDialect() async throws {
        let services: [any AuthenticationService] = [service(.sm4, .cla801a, speaking: .bfde), try backOffice()]
        let data = try await AuthenticatedReading(services: services).read(card(.sm4))
        #expect(data.proof == .hsm)
    }

    @Test
    func aModuleOfAnotherAlgorithmGivesWayWithoutATry() async throws {
        var sm4 = PSAMDialect.bfde
        sm4.algorithms = [.sm4]
        let reader = card(.tripleDES)
        let services = [service(.sm4, speaking: sm4), service(.tripleDES)]
        #expect(
            await code { try await AuthenticatedReading(services: [services[0]]).read(reader) } == "psam.key-missing"
        )
        #expect(await !reader.instructions.contains([0x00, 0x82]))
        #expect(try await AuthenticatedReading(services: services).read(reader).proof == .psam)
    }

    @Test
    func aModuleWithoutTheInternalKeyOpensWithoutProof() async throws {
        let keys = Set(SimulatedKeys.Purpose.allCases).subtracting([.internalAuthentication])
        let data = try await AuthenticatedReading(services: [service(.sm4, keys: keys)]).read(card(.sm4))
        #expect(data.proof == .none && data.holder != nil)
    }

    @Test
    func wrongKeysBlockTheCardsKeyAndThenNobodyOpensIt() async throws {
        let reader = card(.sm4)
        let wrong = AuthenticatedReading(services: [service(.sm4, wrongKeys: [.holder])])
        #expect(await code { try await wrong.read(reader) } == "psam.authentication-failed")
        #expect(await code { try await wrong.read(reader) } == "psam.authentication-failed")
        #expect(await code { try await wrong.read(reader) } == "card.authentication-blocked")
        let right = AuthenticatedReading(services: [service(.sm4)])
        #expect(await code { try await right.read(reader) } == "card.authentication-blocked")
    }

    @Test
    func aRightKeyGivesTheTriesBack() async throws {
        let reader = card(.sm4)
        let wrong = AuthenticatedReading(services: [service(.sm4, wrongKeys: [.holder])])
        let right = AuthenticatedReading(services: [service(.sm4)])
        for _ in 0..<3 {
            #expect(await code { try await wrong.read(reader) } == "psam.authentication-failed")
            #expect(await code { try await right.read(reader) } == nil)
        }
    }

    @Test
    func aCardThatLosesPowerMeanwhileIsFoundOut() async throws {
        struct PowerCut: AuthenticationService {
            var reader: ChipReader
            var inner: PSAMService
            var proof: CardProof { inner.proof }

            func answer(_ challenge: AuthenticationChallenge) async throws -> AuthenticationAnswer {
                await reader.reset()
                return try await inner.answer(challenge)
            }

            func seal(_ command: PINResetCommand, newPIN: (any PINDigits & Sendable)?) async throws -> [UInt8] {
                try await inner.seal(command, newPIN: newPIN)
            }
        }
        let reader = card(.sm4)
        let service = PowerCut(reader: reader, inner: service(.sm4))
        #expect(await code { try await AuthenticatedReading(services: [service]).read(reader) } == "card.reset")
    }

    struct Digits: PINDigits, Sendable {
        let text: [UInt8]
        var count: Int { text.count }

        func withDigits<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
            try text.withUnsafeBytes(body)
        }
    }

    private func verify(_ pin: String, on reader: ChipReader) async throws -> PINVerification {
        try await reader.withCard { channel in
            _ = try SocialCard.readIdentificationCode(channel)
            return try SocialCard.verifyPIN(channel, pin: Digits(text: Array(pin.utf8)))
        }
    }

    @Test(
        arguments: [(.sm4, .sm4), (.tripleDES, .tripleDES)] as [(CardCipher, CardCipher)],
        PINResetCommand.VectorSource.allCases
    )
    func aBlockedPINIsUnblockedAndThenSet(
        _ ciphers: (card: CardCipher, module: CardCipher),
        _ vector: PINResetCommand.VectorSource
    ) async throws {
        let reader = card(ciphers.card, quirks: vector == .challenge ? [.codeOverChallenge] : [])
        let reset = PINReset(service: service(ciphers.module), vector: vector)
        for _ in 0..<3 { _ = try await verify("111111", on: reader) }
        #expect(try await verify("246813", on: reader) == .blocked)
        try await reset.unblock(reader)
        #expect(try await verify("246813", on: reader) == .accepted)
        for pin in ["9753", "1234567890123456", "86420"] {
            try await reset.reload(newPIN: Digits(text: Array(pin.utf8)), reader)
            #expect(try await verify("246813", on: reader) == .wrong(triesLeft: 2))
            #expect(try await verify(pin, on: reader) == .accepted)
        }
    }

    @Test
    func aResetWithAWrongKeyOrVectorIsRefusedAndChangesNothing() async throws {
        let digits = Digits(text: Array("9753".utf8))
        let reader = card(.sm4)
        let wrongCode = PINReset(service: service(.sm4, wrongKeys: [.pinSeal]))
        #expect(await code { try await wrongCode.reload(newPIN: digits, reader) } == "pin.reset-refused")
        let wrongVector = PINReset(service: service(.sm4), vector: .challenge)
        #expect(await code { try await wrongVector.unblock(reader) } == "pin.reset-refused")
        let wrongKey = PINReset(service: service(.sm4, wrongKeys: [.pinUnlock]))
        #expect(await code { try await wrongKey.unblock(reader) } == "psam.authentication-failed")
        #expect(try await verify("246813", on: reader) == .accepted)
    }

    @Test
    func readingNeverResetsAPINNorSendsATransaction() async throws {
        let payment = PaymentImage(account: "6217000000000003214", validFrom: "20200601", validTo: "20400531")
        let image = SampleCard.image(generation: 3, cipher: .sm4, payment: payment)
        let reader = ChipReader(.card(VirtualCard(image: image, seed: 1)))
        _ = try await AuthenticatedReading(services: [service(.sm4)]).read(reader)
        _ = try await reader.withCard { channel in try PaymentCard.read(channel, interface: .contact) }
        #expect(
            await reader.instructions == [
                [0x00, 0xA4], [0x00, 0xB2], [0x00, 0xC0], [0x00, 0x84], [0x00, 0x88], [0x00, 0x82], [0x80, 0xCA],
            ]
        )
    }

    @Test(arguments: CardInterface.allCases)
    func theFinancialApplicationIsRead(_ interface: CardInterface) throws {
        let entry = PaymentImage.Entry(date: "20260108", time: "091530", amountFen: 200, merchant: "演示公交")
        let payment = PaymentImage(
            account: "6217000000000003222",
            validFrom: "20190601",
            validTo: "20390531",
            balanceFen: 3_650,
            log: [entry, entry]
        )
        let image = SampleCard.image(generation: 3, cipher: .tripleDES, payment: payment)
        let channel = ChipChannel(.card(VirtualCard(image: image, seed: 1)), interface: interface)
        let data = try #require(try PaymentCard.read(channel, interface: interface))
        #expect(data.accountLastFour == "3222" && data.balanceFen == 3_650 && data.log.count == 2)
        #expect(data.validFrom?.iso == "2019-06-01" && data.validTo?.iso == "2039-05-31")
        #expect(data.log[0].merchant == "演示公交" && data.log[0].time == "09:15:30" && data.log[0].counter == 100)
        #expect(channel.instructions.isSubset(of: [[0x00, 0xA4], [0x00, 0xB2], [0x00, 0xC0], [0x80, 0xCA]]))
    }

    @Test
    func aCardWithoutCashOrApplicationSaysSo() throws {
        let payment = PaymentImage(account: "6217000000000003222", validFrom: "20190601", validTo: "20390531")
        let plain = ChipChannel(.card(VirtualCard(image: SampleCard.image(payment: payment), seed: 1)))
        let data = try #require(try PaymentCard.read(plain, interface: .contact))
        #expect(data.balanceFen == nil && data.log == [] && data.accountLastFour == "3222")
        let none = ChipChannel(.card(VirtualCard(image: SampleCard.image(), seed: 1)))
        #expect(try PaymentCard.read(none, interface: .contact) == nil)
    }
}
