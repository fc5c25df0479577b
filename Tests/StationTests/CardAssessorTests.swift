import Benefits
import Testing

@testable import Station

@Suite struct CardAssessorTests {
    private func assess(_ policy: BenefitPolicy, pinAccepted: Bool = false) async throws -> CardAssessment {
        let persona = try Persona()
        let assessor = CardAssessor(
            ledger: FixedLedger(lookup: persona.lookup),
            journal: ListJournal(),
            pseudonyms: persona.pseudonyms,
            policy: policy,
            clock: StandingClock()
        )
        return try await assessor.assess(persona.data, pinAccepted: pinAccepted)
    }

    @Test func inv15ACardAloneGivesProgrammesWithoutAmountsAndItsPINTheRest() async throws {
        let summary = try await assess(testPolicy())
        #expect(summary.decision.level == .l1 && summary.detailsAllowed)
        #expect(summary.statement?.lines.contains { $0.isEntitled && $0.amount == .unknown } == true)
        #expect(summary.statement?.lines.contains { $0.amount != .unknown } == false)
        let details = try await assess(testPolicy(), pinAccepted: true)
        #expect(details.statement?.lines.contains { $0.amount != .unknown } == true)
    }

    @Test func programmesAreNotGivenBelowTheLevelThatThePolicyWantsForThem() async throws {
        let policy = try testPolicy(summary: .l2)
        let before = try await assess(policy)
        #expect(before.decision.refusal == nil && before.statement == nil && before.detailsAllowed)
        #expect(try await assess(policy, pinAccepted: true).statement != nil)
    }

    @Test func aPINOpensNothingWhereThePolicyDoesNotTrustIt() async throws {
        let policy = try testPolicy(summary: .l2, acceptsPIN: false)
        #expect(try await !assess(policy).detailsAllowed)
        #expect(try await assess(policy, pinAccepted: true).statement == nil)
    }
}
