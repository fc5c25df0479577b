import Benefits
import Testing

@Suite
struct PaymentStateTests {
    @Test
    func transitionsAreThoseOfTheDomain() {
        let allowed: [PaymentState: Set<PaymentState>] = [
            .planned: [.instructed],
            .instructed: [.credited, .returned],
            .credited: [.notified, .reversed],
            .notified: [.reversed],
            .returned: [.reissued],
            .reissued: [.credited, .returned],
            .reversed: [],
        ]
        for from in PaymentState.allCases {
            #expect(Set(PaymentState.allCases.filter(from.canBecome)) == allowed[from])
        }
    }

    @Test
    func everyStateIsPaidUnderwayOrNeither() {
        #expect(PaymentState.allCases.filter(\.isPaid) == [.credited, .notified])
        #expect(PaymentState.allCases.filter(\.isUnderway) == [.planned, .instructed, .reissued])
    }
}
