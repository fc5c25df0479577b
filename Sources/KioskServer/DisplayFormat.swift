import Benefits
import CivilIdentity

/// Writes amounts and dates for people, without asking the system for a locale.
struct DisplayFormat: Sendable {
    /// Gives the words.
    let table: StringTable

    /// An amount: `¥1,234.56`.
    func money(_ money: Money) -> String {
        let magnitude = money.fen.magnitude
        let yuan = String(magnitude / 100)
        let cents = magnitude % 100
        var grouped = ""
        for (index, digit) in yuan.enumerated() {
            if index > 0, (yuan.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return "\(money.fen < 0 ? "-" : "")¥\(grouped).\(cents < 10 ? "0" : "")\(cents)"
    }

    /// An amount and its period as the source states it, never converted (A-35): `¥1,234.56` and `元/月`.
    func money(_ money: PeriodMoney) -> [String] {
        [self.money(money.amount), table.text("period.\(money.period.rawValue)")]
    }

    /// A day: 2026年7月10日, 10 July 2026.
    func day(_ date: CivilDate) -> String {
        table.text(
            "date.day",
            ["year": String(date.year), "month": monthName(date.month), "day": String(date.day)]
        )
    }

    /// A month: 2026年7月, July 2026.
    func month(_ month: YearMonth) -> String {
        table.text("date.month", ["year": String(month.year), "month": monthName(month.month)])
    }

    /// An instant on the clocks of China: 2026年7月10日 08:05.
    func instant(_ secondsSince1970: Int64) -> String {
        let date = CivilDate(secondsSince1970: secondsSince1970)
        let second = min(max(secondsSince1970 &- date.secondsSince1970, 0), 86_399)
        let time = "\(twoDigits(second / 3_600)):\(twoDigits(second / 60 % 60))"
        return table.text("date.time", ["date": day(date), "time": time])
    }

    private func monthName(_ month: Int) -> String { table.text("date.month-name.\(month)") }

    private func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : String(value) }
}
