import Benefits
import Testing

@Suite
struct EntitlementStateTests {
    @Test
    func transitionsAreThoseOfTheDomain() {
        let allowed: [EntitlementState: Set<EntitlementState>] = [
            .pending: [.active, .ended],
            .active: [.suspended, .tapering, .ended],
            .suspended: [.active, .ended],
            .tapering: [.ended],
            .ended: [],
        ]
        for from in EntitlementState.allCases {
            #expect(Set(EntitlementState.allCases.filter(from.canBecome)) == allowed[from])
        }
    }

    @Test
    func onlyActiveAndTaperingArePaid() {
        #expect(EntitlementState.allCases.filter(\.isPaid) == [.active, .tapering])
        #expect(EntitlementState.allCases.filter(\.isEntitled) == [.active, .suspended, .tapering])
        #expect(EntitlementState.allCases.filter { !$0.isLive } == [.ended])
    }
}
