/// A month of the civil calendar, 1800-01...9999-12.
public struct YearMonth: Hashable, Sendable, CustomStringConvertible {
    /// Months since the year 0, month 1.
    private let ordinal: Int32

    /// 1800-01.
    public static let earliest = YearMonth(unchecked: CivilDate.firstYear, 1)
    /// 9999-12.
    public static let latest = YearMonth(unchecked: CivilDate.lastYear, 12)

    /// Creates from year and month.
    ///
    /// - Throws: ``CivilIdentityError`` with `date.out-of-range` when the month is not 1...12 or the year not
    ///   1800...9999.
    public init(year: Int, month: Int) throws(CivilIdentityError) {
        guard (CivilDate.firstYear...CivilDate.lastYear).contains(year), (1...12).contains(month) else {
            throw CivilIdentityError(.dateOutOfRange, "that month does not exist, or lies outside 1800...9999")
        }
        self.init(unchecked: year, month)
    }

    /// Creates from `YYYY-MM`.
    ///
    /// - Throws: ``CivilIdentityError`` with `date.malformed` or `date.out-of-range`.
    public init(iso: String) throws(CivilIdentityError) {
        let bytes = Array(iso.utf8)
        let digits = bytes.prefix(4) + bytes.dropFirst(5)
        guard bytes.count == 7, bytes[4] == 0x2D, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw CivilIdentityError(.dateMalformed, "a month is written YYYY-MM")
        }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        try self.init(year: value / 100, month: value % 100)
    }

    init(unchecked year: Int, _ month: Int) {
        ordinal = Int32(truncatingIfNeeded: year * 12 + month - 1)
    }

    /// 1800...9999.
    public var year: Int { Int(ordinal) / 12 }
    /// 1...12.
    public var month: Int { Int(ordinal) % 12 + 1 }
    /// The first day of the month.
    public var firstDay: CivilDate { CivilDate(unchecked: year, month, 1) }
    /// The last day of the month.
    public var lastDay: CivilDate { CivilDate(unchecked: year, month, Self.days(inMonth: month, of: year)) }

    /// The day of that number in this month, or the last day of the month when it is shorter.
    ///
    /// - Parameter number: any value, held within 1...31.
    /// - Returns: a day of this month.
    public func day(_ number: Int) -> CivilDate {
        CivilDate(unchecked: year, month, min(max(number, 1), lastDay.day))
    }

    /// The month that many months later, held within 1800...9999.
    ///
    /// - Parameter months: any value, negative for earlier.
    /// - Returns: the month, the first or the last possible one at the bounds.
    public func adding(months: Int) -> YearMonth {
        let span = 12 * (CivilDate.lastYear + 1)
        let sum = Int(ordinal) + min(max(months, -span), span)
        let bounded = min(max(sum, Int(Self.earliest.ordinal)), Int(Self.latest.ordinal))
        return YearMonth(unchecked: bounded / 12, bounded % 12 + 1)
    }

    /// How many months from this month to the other; negative when the other is earlier.
    public func months(until other: YearMonth) -> Int { Int(other.ordinal) - Int(ordinal) }

    /// `YYYY-MM`.
    public var iso: String { "\(year)-\(twoDigits(month))" }
    /// Same as ``iso``.
    public var description: String { iso }

    /// Length of a month, 28...31.
    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension YearMonth: Comparable {
    /// Calendar order.
    public static func < (left: YearMonth, right: YearMonth) -> Bool { left.ordinal < right.ordinal }
}
