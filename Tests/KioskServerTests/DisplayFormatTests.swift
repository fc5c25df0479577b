import Benefits
import CivilIdentity
import Testing

@testable import KioskServer

@Suite
struct DisplayFormatTests {
    private func format(_ language: PageLanguage) throws -> DisplayFormat {
        DisplayFormat(table: try Shared.table(language))
    }

    @Test(arguments: [
        (0, "¥0.00"), (5, "¥0.05"), (100, "¥1.00"), (99_999, "¥999.99"), (100_000, "¥1,000.00"), (123_456, "¥1,234.56"),
        (123_456_789_01, "¥123,456,789.01"), (-5, "-¥0.05"), (-100_000, "-¥1,000.00"),
        (Int64.max, "¥92,233,720,368,547,758.07"), (Int64.min, "-¥92,233,720,368,547,758.08"),
    ])
    func amountsAreGroupedByThousands(_ fen: Int64, _ expected: String) throws {
        #expect(try format(.chinese).money(Money(fen: fen)) == expected)
        #expect(try format(.english).money(Money(fen: fen)) == expected)
    }

    @Test(arguments: [
        (Period.once, "¥1,234.56 元（一次性）", "¥1,234.56 once"), (.month, "¥1,234.56 元/月", "¥1,234.56 /month"),
        (.quarter, "¥1,234.56 元/季", "¥1,234.56 /quarter"), (.year, "¥1,234.56 元/年", "¥1,234.56 /year"),
    ])
    func periodsAreNeverConverted(_ period: Period, _ chinese: String, _ english: String) throws {
        let money = PeriodMoney(amount: Money(fen: 123_456), period: period)
        #expect(try format(.chinese).money(money).joined(separator: " ") == chinese)
        #expect(try format(.english).money(money).joined(separator: " ") == english)
    }

    @Test
    func datesAreWrittenInTheWordsOfTheLanguage() throws {
        let date = try CivilDate(iso: "2026-07-05")
        #expect(try format(.chinese).day(date) == "2026年7月5日")
        #expect(try format(.english).day(date) == "5 Jul 2026")
        #expect(try format(.chinese).month(date.yearMonth) == "2026年7月")
        #expect(try format(.english).month(date.yearMonth) == "Jul 2026")
    }

    @Test(arguments: [
        (Int64(0), "1970年1月1日 08:00"), (1_782_835_199, "2026年6月30日 23:59"), (1_782_835_200, "2026年7月1日 00:00"),
        (1_709_222_400, "2024年3月1日 00:00"), (1_709_222_399, "2024年2月29日 23:59"),
    ])
    func instantsAreOnTheClocksOfChina(_ seconds: Int64, _ expected: String) throws {
        #expect(try format(.chinese).instant(seconds) == expected)
    }

    @Test(arguments: [Int64.min, Int64.max, -1])
    func noInstantTraps(_ seconds: Int64) throws {
        #expect(try !format(.english).instant(seconds).isEmpty)
    }
}
