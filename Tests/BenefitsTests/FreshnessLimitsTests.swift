import Benefits
import Testing

@Suite
struct FreshnessLimitsTests {
    @Test(
        arguments: [
            (0, Freshness.fresh), (86_400, .fresh), (86_401, .aged), (604_800, .aged), (604_801, .stale),
            (-3_600, .fresh), (-86_400, .fresh), (-86_401, .stale), (-31_536_000, .stale),
        ] as [(Int64, Freshness)]
    )
    func ageDecides(_ age: Int64, _ freshness: Freshness) {
        #expect(FreshnessLimits.standard.freshness(asOf: 1_784_088_000 - age, now: 1_784_088_000) == freshness)
    }

    @Test
    func extremesNeverTrap() {
        for asOf in [Int64.min, -1, 0, 1, Int64.max] {
            for now in [Int64.min, -1, 0, 1, Int64.max] {
                _ = FreshnessLimits.standard.freshness(asOf: asOf, now: now)
            }
        }
        #expect(FreshnessLimits.standard.freshness(asOf: .min, now: .max) == .stale)
        let odd = FreshnessLimits(freshHoursMax: Int.max, agedHoursMax: Int.min)
        #expect(odd.agedHoursMax == odd.freshHoursMax)
        #expect(Freshness.fresh < .aged && Freshness.aged < .stale)
    }
}
