import Benefits
import Testing

@Suite
struct ServiceRequirementTests {
    @Test
    func pinOnAnUnauthenticatedCardCountsOnlyWhereThePolicySaysSo() {
        let strict = ServiceRequirement.strict(.benefitDetails)
        #expect(!strict.isMet(by: .l2, authentication: .none))
        #expect(strict.isMet(by: .l2, authentication: .psam))
        #expect(strict.isMet(by: .l2, authentication: .hsm))
        #expect(strict.isMet(by: .l3, authentication: .none))
        let lenient = ServiceRequirement(
            service: .benefitDetails,
            level: .l2,
            acceptsPINWithoutCardAuthentication: true
        )
        #expect(lenient.isMet(by: .l2, authentication: .none))
    }

    @Test(arguments: StationService.allCases, AssuranceLevel.allCases)
    func inv15NoPolicyOpensPersonalDataBelowL1OrAmountsBelowL2(_ service: StationService, _ level: AssuranceLevel) {
        let careless = ServiceRequirement(service: service, level: .l0, acceptsPINWithoutCardAuthentication: true)
        let isMet = careless.isMet(by: level, authentication: .hsm)
        #expect(isMet == (level >= (service == .benefitsSummary ? .l1 : .l2)))
    }

    @Test
    func summaryNeedsNoPIN() {
        let strict = ServiceRequirement.strict(.benefitsSummary)
        #expect(strict.isMet(by: .l1, authentication: .none))
        #expect(strict.isMet(by: .l2, authentication: .none))
        #expect(!strict.isMet(by: .l0, authentication: .hsm))
    }

    @Test
    func policyWithoutAnEntryIsStrict() throws {
        let policy = try Examples.policy()
        #expect(policy.requirement(for: .benefitDetails) == .strict(.benefitDetails))
    }
}
