import CivilIdentity
import SeededRandom
import SmartCard
import Testing

@testable import SocialCard

/// Cards of the third generation: challenge, answer, holder.
@Suite
struct SocialCardAuthenticationTests {
    private let answer = AuthenticationAnswer(
        internalResult: hex("A1A2A3A4A5A6A7A8"),
        externalResult: hex("B1B2B3B4B5B6B7B8"),
        externalSource: hex("0303030303030303")
    )

    private func opened(_ card: CardDouble) throws -> (SocialCardData, AuthenticationChallenge) {
        guard case .closed(let data, let challenge) = try SocialCard.open(card) else {
            throw SocialCardError(.refused, "the card was read whole")
        }
        return (data, challenge)
    }

    private func completed(
        _ card: CardDouble,
        _ answer: AuthenticationAnswer?,
        proof: CardProof = .psam
    ) throws -> SocialCardData {
        let (data, challenge) = try opened(card)
        return try SocialCard.complete(
            card,
            data,
            challenge: challenge,
            answer: try #require(answer),
            proof: proof
        )
    }

    @Test
    func cardsOfTheFirstGenerationsAreReadWholeWithoutAChallenge() throws {
        for card in [Samples.firstGeneration(), Samples.secondGeneration()] {
            #expect(try SocialCard.open(card) == .complete(SocialCard.read(card)))
            #expect(!card.commands.contains { $0[1] == 0x84 || $0[1] == 0x88 || $0[1] == 0x82 })
        }
    }

    @Test
    func theChallengeIsTakenInTheOrderOfTheBackOffice() throws {
        let card = try Samples.thirdGeneration()
        let (data, challenge) = try opened(card)
        #expect(data.holder == nil && data.warnings == [] && data.proof == .none)
        #expect(challenge.purpose == .holder && challenge.algorithm == .sm4)
        #expect(challenge.factors.city == Array("440700sx".utf8))
        #expect(challenge.factors.province == Array("440000sh".utf8))
        let random = hex("00 84 00 00 08")
        #expect(
            card.commands.suffix(6) == [
                hex("00 A4 04 00 0F 7378312E73682EC9E7BBE1B1A3D5CF"), random, random,
                hex("00 88 00 00 10 0202020202020202 0101010101010101"), random, random,
            ]
        )
        #expect(challenge.externalSource == hex("0303030303030303"))
        #expect(challenge.externalProcess == hex("0404040404040404"))
    }

    @Test
    func theCardFactorIsTheEndOfTheHistoricalBytesOnEveryInterface() throws {
        let card = try Samples.thirdGeneration()
        let contact = try opened(card).1.factors
        #expect(contact.card == Samples.answerToReset.suffix(8))
        let body = hex("8D8001") + Samples.answerToReset.suffix(13)
        card.answerToReset = try AnswerToReset(bytes: [0x3B] + body + [body.reduce(0, ^)])
        #expect(try opened(card).1.factors == contact)
    }

    @Test(arguments: CardProof.allCases)
    func theHolderIsReadAfterAuthenticationAndTheProofIsKept(_ proof: CardProof) throws {
        let card = try Samples.thirdGeneration()
        let data = try completed(card, answer, proof: proof)
        #expect(data.holder?.citizenNumber?.rawValue == Samples.citizenNumber)
        #expect(data.proof == proof && data.warnings == [] && data.cardNumber == "X00000019")
        #expect(card.commands.contains(hex("00 82 00 0A 10 B1B2B3B4B5B6B7B8 0303030303030303")))
    }

    @Test
    func aModuleThatCannotProveTheCardOpensItWithoutProof() throws {
        let silent = AuthenticationAnswer(
            internalResult: nil,
            externalResult: hex("B1B2B3B4B5B6B7B8"),
            externalSource: hex("0303030303030303")
        )
        let data = try completed(try Samples.thirdGeneration(), silent)
        #expect(data.holder != nil && data.proof == .none)
    }

    @Test(arguments: [nil, "A1A2A3A4A5A6A7A9", "A1A2A3A4", ""] as [String?])
    func aCardWithAnotherAnswerIsNoGenuineOneAndGetsNoCommandMore(_ result: String?) throws {
        let card = try Samples.thirdGeneration()
        card.internalResult = result.map { hex($0) }
        let (data, challenge) = try opened(card)
        let count = card.commands.count
        let answer = try #require(answer)
        let error = #expect(throws: SocialCardError.self) {
            try SocialCard.complete(card, data, challenge: challenge, answer: answer, proof: .hsm)
        }
        #expect(error?.code == .authenticationFailed)
        #expect(card.commands.count == count)
    }

    @Test(
        arguments: [
            ("63C2", .psam, "psam.authentication-failed"), ("63C1", .hsm, "hsm.authentication-failed"),
            ("6300", .psam, "psam.authentication-failed"), ("9302", .hsm, "hsm.authentication-failed"),
            ("63C0", .psam, "card.authentication-blocked"), ("6983", .hsm, "card.authentication-blocked"),
            ("6984", .psam, "card.authentication-blocked"), ("6985", .psam, "card.refused"),
            ("6A88", .hsm, "card.refused"), ("6D00", .psam, "card.refused"), ("6700", .hsm, "card.refused"),
        ] as [(String, CardProof, String)]
    )
    func statusWordsOfExternalAuthenticationHaveTheirCodes(_ word: String, _ proof: CardProof, _ code: String) throws {
        let card = try Samples.thirdGeneration()
        card.externalAnswer = hex(word)
        let error = #expect(throws: SocialCardError.self) { try completed(card, answer, proof: proof) }
        #expect(error?.code.rawValue == code)
        #expect(card.commands.filter { $0[1] == 0x82 }.count == 1)
    }

    @Test
    func aCardThatLostItsStateIsFoundOut() throws {
        let card = try Samples.thirdGeneration()
        let (data, challenge) = try opened(card)
        card.loseState()
        let answer = try #require(answer)
        let error = #expect(throws: SmartCardError.self) {
            try SocialCard.complete(card, data, challenge: challenge, answer: answer, proof: .hsm)
        }
        #expect(error?.code == .cardReset)
    }

    @Test
    func anotherCardIsFoundOut() throws {
        let card = try Samples.thirdGeneration()
        let (data, challenge) = try opened(card)
        card.issuer = Samples.replacing(card.issuer, 1, hex("01 10 440700 D156000005 00000002 00000000"))
        let answer = try #require(answer)
        let error = #expect(throws: SmartCardError.self) {
            try SocialCard.complete(card, data, challenge: challenge, answer: answer, proof: .hsm)
        }
        #expect(error?.code == .cardRemoved)
    }

    @Test
    func aCardWhoseKeysCannotBeToldIsMalformed() throws {
        let without: [(CardDouble) throws -> Void] = [
            { $0.answerToReset = nil },
            { $0.answerToReset = try AnswerToReset(bytes: hex("3B 02 1450")) },
            { $0.issuer = Samples.replacing($0.issuer, 1, nil) },
            { $0.issuer = Samples.replacing($0.issuer, 1, hex("01 10 4A0700 D156000005 00000001 00000000")) },
        ]
        for change in without {
            let card = try Samples.thirdGeneration()
            try change(card)
            let error = #expect(throws: SocialCardError.self) { try SocialCard.open(card) }
            #expect(error?.code == .recordMalformed)
        }
    }

    @Test
    func aCardTornOutAtAnyBoundaryIsAnError() throws {
        let whole = try Samples.thirdGeneration()
        _ = try completed(whole, answer)
        #expect(whole.commands.count < SocialCard.exchangeLimit)
        for boundary in whole.commands.indices {
            let card = try Samples.thirdGeneration()
            card.tornAt = boundary
            let error = #expect(throws: SmartCardError.self) { try completed(card, answer) }
            #expect(error?.code == .cardRemoved)
        }
    }

    @Test
    func hundredThousandMutatedSelectionsGiveAnAlgorithmOrAWarning() throws {
        let valid = try Samples.thirdGeneration().fileControlInformation
        var random = SplitMix64(seed: 23)
        var announced = 0
        for round in 0..<100_000 {
            let information = round.isMultiple(of: 4) ? random.bytes(upTo: 64) : random.mutation(of: valid)
            var decoder = CardDecoder()
            decoder.decodeSelection(information)
            if decoder.card.algorithm == .sm4 { announced += 1 }
            if decoder.card.warnings.contains(.selectionAnswerUnreadable), decoder.card.algorithm != .tripleDES {
                Issue.record("round \(round) of seed 23")
                return
            }
        }
        #expect(announced > 1_000)
    }
}
