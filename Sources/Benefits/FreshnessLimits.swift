/// From which age on data counts as aged and as stale.
public struct FreshnessLimits: Hashable, Sendable {
    /// The age up to which data is fresh, in hours.
    public var freshHoursMax: Int
    /// The age up to which data is aged, in hours; older is stale.
    public var agedHoursMax: Int

    /// 24 hours and 7 days (DOMAIN.md 4.6).
    public static let standard = FreshnessLimits(freshHoursMax: 24, agedHoursMax: 168)
    /// The most hours that a limit may have: one year.
    public static let hoursMax = 8_784

    /// Creates limits, each held within 0...``hoursMax``, the second not below the first.
    public init(freshHoursMax: Int, agedHoursMax: Int) {
        self.freshHoursMax = min(max(freshHoursMax, 0), Self.hoursMax)
        self.agedHoursMax = min(max(agedHoursMax, self.freshHoursMax), Self.hoursMax)
    }

    /// How fresh data is.
    ///
    /// - Parameters:
    ///   - asOf: the date of the data in seconds since 1970 UTC.
    ///   - now: the present instant in seconds since 1970 UTC.
    /// - Returns: ``Freshness/stale`` also for a date so far ahead that the clock cannot be right.
    public func freshness(asOf: Int64, now: Int64) -> Freshness {
        let (age, overflow) = now.subtractingReportingOverflow(asOf)
        let fresh = Int64(freshHoursMax) * 3_600
        guard !overflow, age >= -max(fresh, 3_600) else {
            return .stale
        }
        if age <= fresh {
            return .fresh
        }
        return age <= Int64(agedHoursMax) * 3_600 ? .aged : .stale
    }
}
