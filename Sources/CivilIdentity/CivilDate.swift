/// A day of the civil calendar in China (proleptic Gregorian), 1800-01-01...9999-12-31.
///
/// Instants become days in UTC+8 without summer time, as everywhere in China.
public struct CivilDate: Hashable, Sendable, CustomStringConvertible {
    /// `year * 10000 + month * 100 + day`.
    private let packed: Int32

    /// The first year that a date may have; nobody alive was born before.
    public static let firstYear = 1_800
    /// The last year that a date may have; 9999-12-31 is what some cards carry for "no end".
    public static let lastYear = 9_999
    /// Seconds that China is ahead of UTC.
    public static let secondsAheadOfUTC: Int64 = 28_800

    /// 1800-01-01.
    public static let earliest = CivilDate(unchecked: firstYear, 1, 1)
    /// 9999-12-31.
    public static let latest = CivilDate(unchecked: lastYear, 12, 31)

    /// Creates from year, month and day.
    ///
    /// - Throws: ``CivilIdentityError`` with `date.out-of-range` when that day does not exist or the year is not
    ///   1800...9999.
    public init(year: Int, month: Int, day: Int) throws(CivilIdentityError) {
        guard (Self.firstYear...Self.lastYear).contains(year), (1...12).contains(month), day >= 1,
            day <= YearMonth.days(inMonth: month, of: year)
        else {
            throw CivilIdentityError(.dateOutOfRange, "that day does not exist, or lies outside 1800...9999")
        }
        self.init(unchecked: year, month, day)
    }

    init(unchecked year: Int, _ month: Int, _ day: Int) {
        packed = Int32(truncatingIfNeeded: year * 10_000 + month * 100 + day)
    }

    /// 1800...9999.
    public var year: Int { Int(packed) / 10_000 }
    /// 1...12.
    public var month: Int { Int(packed) / 100 % 100 }
    /// 1...31.
    public var day: Int { Int(packed) % 100 }
    /// The month that this day lies in.
    public var yearMonth: YearMonth { YearMonth(unchecked: year, month) }

    /// `YYYY-MM-DD`.
    public var iso: String { "\(yearMonth.iso)-\(twoDigits(day))" }
    /// Same as ``iso``.
    public var description: String { iso }
}

extension CivilDate {
    /// Creates from `YYYY-MM-DD`.
    ///
    /// - Throws: ``CivilIdentityError`` with `date.malformed` or `date.out-of-range`.
    public init(iso: String) throws(CivilIdentityError) {
        let bytes = Array(iso.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else {
            throw CivilIdentityError(.dateMalformed, "a date is written YYYY-MM-DD")
        }
        try self.init(ascii: bytes[0..<4] + bytes[5..<7] + bytes[8..<10])
    }

    /// Creates from four bytes of packed decimal, `YYYYMMDD`, the form of a social-security card.
    ///
    /// - Throws: ``CivilIdentityError`` with `date.malformed` or `date.out-of-range`.
    public init(bcd: some Collection<UInt8>) throws(CivilIdentityError) {
        guard let digits = decimalDigits(bcd: bcd, count: 4...4) else {
            throw CivilIdentityError(.dateMalformed, "a packed date is 4 bytes of decimal digits")
        }
        try self.init(ascii: digits)
    }

    /// Creates from eight ASCII digits, `YYYYMMDD`.
    ///
    /// - Throws: ``CivilIdentityError`` with `date.malformed` or `date.out-of-range`.
    public init(ascii: some Collection<UInt8>) throws(CivilIdentityError) {
        guard let value = withBytes(ascii, limit: 8, Self.digits) else {
            throw CivilIdentityError(.dateMalformed, "a date is 8 digits, YYYYMMDD")
        }
        try self.init(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    }

    private static func digits(_ ascii: UnsafeBufferPointer<UInt8>) -> Int? {
        guard ascii.count == 8, ascii.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return ascii.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// The day in China at an instant, held within 1800...9999.
    ///
    /// - Parameter secondsSince1970: seconds since 1970-01-01T00:00:00Z; any value.
    public init(secondsSince1970: Int64) {
        let (local, overflow) = secondsSince1970.addingReportingOverflow(Self.secondsAheadOfUTC)
        let seconds = overflow ? Int64.max : local
        let day = seconds >= 0 ? seconds / 86_400 : -((-(seconds + 1)) / 86_400) - 1
        self.init(daysSince1970: Int(day))
    }

    /// The day with that number, held within 1800...9999.
    ///
    /// - Parameter daysSince1970: 0 is 1970-01-01; any value.
    public init(daysSince1970: Int) {
        let bounded = min(max(daysSince1970, Self.earliest.daysSince1970), Self.latest.daysSince1970)
        // Days from 0000-03-01, in cycles of 400 years (146,097 days); the bounded day is always positive here.
        let shifted = bounded + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Days since 1970-01-01, negative before.
    public var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear % 400
        let shiftedMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The instant at which this day begins in China, in seconds since 1970-01-01T00:00:00Z.
    public var secondsSince1970: Int64 { Int64(daysSince1970) * 86_400 - Self.secondsAheadOfUTC }

    /// The day that many days later, held within 1800...9999.
    ///
    /// - Parameter days: any value, negative for earlier.
    /// - Returns: the day, the first or the last possible one at the bounds.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        return CivilDate(daysSince1970: overflow ? (days < 0 ? Int.min : Int.max) : sum)
    }

    /// The same day that many months later, or the last day of that month when it is shorter.
    ///
    /// - Parameter months: any value, negative for earlier.
    /// - Returns: the day, in the first or the last possible month at the bounds of 1800...9999.
    public func adding(months: Int) -> CivilDate {
        let target = yearMonth.adding(months: months)
        return CivilDate(unchecked: target.year, target.month, min(day, target.lastDay.day))
    }

    /// Whole years from this day to a later one: the age on that day of a person born on this day.
    ///
    /// - Parameter other: the later day.
    /// - Returns: 0 for an earlier day.
    public func fullYears(until other: CivilDate) -> Int {
        let reached = (other.month, other.day) >= (month, day)
        return max(0, other.year - year - (reached ? 0 : 1))
    }
}

extension CivilDate: Comparable {
    /// Calendar order.
    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.packed < right.packed }
}

/// Two decimal digits of 0...99.
func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
