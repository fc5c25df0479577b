import CivilIdentity
import Testing

@Suite
struct YearMonthTests {
    @Test
    func monthIsReadAndWritten() throws {
        let month = try YearMonth(iso: "2026-03")
        #expect(month.iso == "2026-03")
        #expect((month.year, month.month) == (2_026, 3))
        #expect(month.firstDay.iso == "2026-03-01")
        #expect(month.lastDay.iso == "2026-03-31")
        #expect(month.firstDay.yearMonth == month)
        #expect(try YearMonth(year: 2_024, month: 2).lastDay.day == 29)
    }

    @Test(arguments: ["", "2026", "2026-3", "2026-13", "2026-00", "1799-12", "202603", "2026-03-01", "2026_03"])
    func wrongTextIsRefused(_ text: String) {
        #expect(throws: CivilIdentityError.self) { try YearMonth(iso: text) }
    }

    @Test(arguments: [
        ("2026-01", -1, "2025-12"), ("2026-12", 1, "2027-01"), ("2026-06", 0, "2026-06"), ("2026-06", 18, "2027-12"),
        ("2026-06", Int.max, "9999-12"), ("2026-06", Int.min, "1800-01"),
    ])
    func monthsAreAdded(_ from: String, _ months: Int, _ to: String) throws {
        #expect(try YearMonth(iso: from).adding(months: months).iso == to)
    }

    @Test
    func distanceIsTheInverseOfAdding() throws {
        let month = try YearMonth(iso: "2026-06")
        for distance in -60...60 {
            #expect(month.months(until: month.adding(months: distance)) == distance)
        }
    }

    @Test(arguments: [("2026-02", 31, "2026-02-28"), ("2026-03", 0, "2026-03-01"), ("2026-03", 10, "2026-03-10")])
    func dayIsHeldWithinTheMonth(_ month: String, _ day: Int, _ iso: String) throws {
        #expect(try YearMonth(iso: month).day(day).iso == iso)
    }
}
