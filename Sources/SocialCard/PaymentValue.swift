import CivilIdentity
import SmartCard

/// Values of the financial application.
enum PaymentValue {
    /// The digits that an account number can have (ISO/IEC 7812).
    private static let accountLengths = 12...19

    /// The last four digits of the account from tag 5A, or from tag 57 up to its separator.
    ///
    /// The number is walked digit by digit; no more than four are ever kept.
    static func lastFour(_ elements: [BERTLV]) -> String? {
        for tag in [0x5A, 0x57] as [UInt32] {
            for element in elements {
                guard let value = element.first(tag)?.value else { continue }
                if let digits = lastFour(value, separator: tag == 0x5A ? 0x0F : 0x0D) { return digits }
            }
        }
        return nil
    }

    private static func lastFour(_ bytes: [UInt8], separator: UInt8) -> String? {
        var last: [UInt8] = []
        var count = 0
        for nibble in bytes.lazy.flatMap({ [$0 >> 4, $0 & 0x0F] }) {
            if nibble == separator { break }
            guard nibble <= 9 else { return nil }
            count += 1
            last = last.suffix(3) + [0x30 + nibble]
        }
        return accountLengths.contains(count) ? String(decoding: last, as: UTF8.self) : nil
    }

    /// YYMMDD in packed digits, of the years 2000 to 2099.
    static func date(_ bytes: [UInt8]) -> CivilDate? {
        guard bytes.count == 3 else { return nil }
        return try? CivilDate(bcd: [0x20] + bytes)
    }

    /// Six bytes of packed digits: an amount in fen.
    static func amount(_ bytes: [UInt8]) -> Int64? {
        guard bytes.count == 6, let digits = RecordValue.decimalDigits(bytes), digits.utf8.count == 12 else {
            return nil
        }
        return Int64(digits)
    }

    /// The fields of one record of the log.
    static func logEntry(_ values: [UInt32: [UInt8]]) -> PaymentLogEntry {
        PaymentLogEntry(
            date: values[0x9A].flatMap(date),
            time: values[0x9F21].flatMap(time),
            amountFen: values[0x9F02].flatMap(amount),
            currency: values[0x5F2A].flatMap(currency),
            kind: values[0x9C].flatMap { $0.count == 1 ? $0[0] : nil },
            merchant: values[0x9F4E].flatMap(merchant),
            counter: values[0x9F36].flatMap { $0.count == 2 ? UInt16($0[0]) << 8 | UInt16($0[1]) : nil }
        )
    }

    private static func time(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 3, let digits = RecordValue.decimalDigits(bytes), digits.utf8.count == 6 else {
            return nil
        }
        let parts = stride(from: 0, to: 6, by: 2).map { digits.dropFirst($0).prefix(2) }
        guard parts[0] < "24", parts[1] < "60", parts[2] < "60" else { return nil }
        return parts.joined(separator: ":")
    }

    private static func currency(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 2, let digits = RecordValue.decimalDigits(bytes), digits.utf8.count == 4,
            digits.first == "0"
        else { return nil }
        return String(digits.dropFirst())
    }

    /// The merchant's name in GB 18030; nil if it is empty or holds a control character.
    private static func merchant(_ bytes: [UInt8]) -> String? {
        guard let text = try? GB18030.decode(RecordValue.trimmed(bytes[...])), !text.isEmpty,
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        return text
    }
}
