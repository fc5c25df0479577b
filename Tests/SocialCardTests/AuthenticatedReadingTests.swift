import SmartCard
import Testing

@testable import SocialCard

/// The order of security modules, and who gives way to whom.
@Suite
struct AuthenticatedReadingTests {
    /// Answers as it was told, and counts.
    actor FakeService: AuthenticationService {
        nonisolated let proof: CardProof
        private let failure: SocialCardError.Code?
        private let internalResult: [UInt8]
        private(set) var questions = 0

        init(
            _ proof: CardProof,
            failing failure: SocialCardError.Code? = nil,
            internalResult: [UInt8] = hex("A1A2A3A4A5A6A7A8")
        ) {
            self.proof = proof
            self.failure = failure
            self.internalResult = internalResult
        }

        func answer(_ challenge: AuthenticationChallenge) async throws -> AuthenticationAnswer {
            questions += 1
            if let failure { throw SocialCardError(failure, "the double fails") }
            return try #require(
                AuthenticationAnswer(
                    internalResult: internalResult,
                    externalResult: hex("B1B2B3B4B5B6B7B8"),
                    externalSource: challenge.externalSource
                )
            )
        }

        func seal(_ command: PINResetCommand, newPIN: (any PINDigits & Sendable)?) async throws -> [UInt8] {
            throw SocialCardError(.psamRefused, "the double seals nothing")
        }
    }

    @Test
    func theFirstServiceThatAnswersProvesTheCard() async throws {
        let (psam, hsm) = (FakeService(.psam), FakeService(.hsm))
        let data = try await AuthenticatedReading(services: [psam, hsm])
            .read(ChannelReader(try Samples.thirdGeneration()))
        #expect(data.proof == .psam && data.holder != nil)
        #expect(await hsm.questions == 0)
    }

    @Test(
        arguments: [.psamMissing, .psamWrongDialect, .psamKeyMissing, .psamRefused] as [SocialCardError.Code]
    )
    func theBackOfficeIsAskedWhenTheModuleCannotAnswer(_ code: SocialCardError.Code) async throws {
        let (psam, hsm) = (FakeService(.psam, failing: code), FakeService(.hsm))
        let data = try await AuthenticatedReading(services: [psam, hsm])
            .read(ChannelReader(try Samples.thirdGeneration()))
        #expect(data.proof == .hsm && data.holder != nil)
        #expect(await psam.questions == 1)
    }

    @Test
    func whenNobodyAnswersTheLastReasonIsToldWithTheEarlierOne() async throws {
        let services = [FakeService(.psam, failing: .psamMissing), FakeService(.hsm, failing: .hsmUnreachable)]
        let reader = ChannelReader(try Samples.thirdGeneration())
        let error = await #expect(throws: SocialCardError.self) {
            try await AuthenticatedReading(services: services).read(reader)
        }
        #expect(error?.code == .hsmUnreachable)
        #expect((error?.cause as? SocialCardError)?.code == .psamMissing)
        #expect(await reader.calls == 1)
    }

    @Test(arguments: ["63C2", "6983"])
    func aCardThatRefusesIsNotAskedAgain(_ word: String) async throws {
        let card = try Samples.thirdGeneration()
        card.externalAnswer = hex(word)
        let (psam, hsm) = (FakeService(.psam), FakeService(.hsm))
        let reader = ChannelReader(card)
        await #expect(throws: SocialCardError.self) {
            try await AuthenticatedReading(services: [psam, hsm]).read(reader)
        }
        #expect(await hsm.questions == 0)
        #expect(await reader.calls == 2)
    }

    @Test
    func aCloneIsNotAskedAgainEither() async throws {
        let (psam, hsm) = (FakeService(.psam, internalResult: hex("0000000000000000")), FakeService(.hsm))
        let reader = ChannelReader(try Samples.thirdGeneration())
        let error = await #expect(throws: SocialCardError.self) {
            try await AuthenticatedReading(services: [psam, hsm]).read(reader)
        }
        #expect(error?.code == .authenticationFailed)
        #expect(await hsm.questions == 0)
    }

    @Test
    func withoutServicesTheHolderIsMissingWithAWarning() async throws {
        let data = try await AuthenticatedReading(services: []).read(ChannelReader(try Samples.thirdGeneration()))
        #expect(data.holder == nil && data.warnings == [.holderNeedsAuthentication])
    }

    @Test(.timeLimit(.minutes(1)))
    func withAWaitTheCardIsNeverLetGo() async throws {
        let reader = ThreadReader(try Samples.thirdGeneration())
        let services = [FakeService(.psam, failing: .psamMissing), FakeService(.hsm)]
        let data = try await AuthenticatedReading(services: services, waiting: SemaphoreWait()).read(reader)
        #expect(data.proof == .hsm && data.holder != nil)
        #expect(reader.calls == 1)
    }

    @Test(arguments: [(.psam, .psamRefused), (.hsm, .hsmUnreachable)] as [(CardProof, SocialCardError.Code)])
    func anAnswerThatComesTooLateIsNone(_ proof: CardProof, _ code: SocialCardError.Code) async throws {
        let reader = ThreadReader(try Samples.thirdGeneration())
        let reading = AuthenticatedReading(services: [FakeService(proof)], waiting: TimeIsOver())
        let error = await #expect(throws: SocialCardError.self) { try await reading.read(reader) }
        #expect(error?.code == code)
    }

    @Test(.timeLimit(.minutes(1)))
    func aFailureOfAllServicesIsToldThroughTheWait() async throws {
        let reader = ThreadReader(try Samples.thirdGeneration())
        let services = [FakeService(.psam, failing: .psamKeyMissing)]
        let error = await #expect(throws: SocialCardError.self) {
            try await AuthenticatedReading(services: services, waiting: SemaphoreWait()).read(reader)
        }
        #expect(error?.code == .psamKeyMissing)
    }

    @Test
    func olderCardsNeedNoService() async throws {
        let psam = FakeService(.psam)
        let reader = ChannelReader(Samples.secondGeneration())
        let data = try await AuthenticatedReading(services: [psam]).read(reader)
        #expect(data.holder != nil && data.proof == .none)
        #expect(await psam.questions == 0)
        #expect(await reader.calls == 1)
    }
}
