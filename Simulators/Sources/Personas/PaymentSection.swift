import CivilIdentity
import VirtualCard
import YAMLFiles

/// The section `card.payment`: the financial application of a card.
enum PaymentSection: Sendable {
    /// Twelve digits of fen, as a card holds them.
    private static let fenMax: Int64 = 999_999_999_999

    static func decode(_ section: YAMLMapping) -> PaymentImage? {
        let account = section.value(
            "account",
            expected: "16 to 19 digits from \(PaymentImage.accountPrefix) on with the right check digit"
        ) { (16...19).contains($0.utf8.count) && $0.hasPrefix(PaymentImage.accountPrefix) && isLuhn($0) ? $0 : nil }
        let validFrom = date(section, "validFrom")
        let validTo = date(section, "validTo")
        let balance = section.optionalValue("balance", expected: "yuan with two decimals", parse: fen)
        let log = section.optionalList("log", count: 0...PaymentImage.logLimit, entry)
        guard let account, let validFrom, let validTo, let log else { return nil }
        return PaymentImage(account: account, validFrom: validFrom, validTo: validTo, balanceFen: balance, log: log)
    }

    private static func entry(_ section: YAMLMapping) -> PaymentImage.Entry? {
        let day = date(section, "date")
        let time = section.value("time", expected: "hh:mm:ss") { text in
            let digits = text.filter { $0 != ":" }
            return text.utf8.count == 8 ? CardSection.digits(digits, count: 6) : nil
        }
        let amount = section.value("amount", expected: "yuan with two decimals", parse: fen)
        let merchant = section.value("merchant", expected: "a name of at most 20 bytes in GB 18030") { text in
            try GB18030.encode(text).count <= 20 ? text : nil
        }
        guard let day, let time, let amount, let merchant else { return nil }
        return PaymentImage.Entry(date: day, time: time, amountFen: amount, merchant: merchant)
    }

    /// Eight digits; cards write the year with two.
    private static func date(_ section: YAMLMapping, _ key: String) -> String? {
        section.value(key, expected: "a date YYYY-MM-DD from 2000 to 2099") { text in
            let date = try CivilDate(iso: text)
            return (2_000...2_099).contains(date.year) ? CardSection.digits(date) : nil
        }
    }

    private static func fen(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2, (1...10).contains(parts[0].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy(CardSection.isDigit) }), let fen = Int64(parts.joined()),
            fen <= fenMax
        else { return nil }
        return fen
    }

    /// The check digit of ISO/IEC 7812.
    private static func isLuhn(_ digits: String) -> Bool {
        guard digits.utf8.allSatisfy(CardSection.isDigit) else { return false }
        let sum = digits.utf8.reversed().enumerated().reduce(0) { sum, digit in
            let value = Int(digit.element - 0x30) * (digit.offset.isMultiple(of: 2) ? 1 : 2)
            return sum + (value > 9 ? value - 9 : value)
        }
        return sum.isMultiple(of: 10)
    }
}
