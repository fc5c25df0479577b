public import CivilIdentity

/// What a synthetic town looks like; equal plans make equal towns.
public struct TownPlan: Hashable, Sendable {
    /// Version of the rules below; grows whenever a plan would make another town than before.
    public static let rulesVersion = 1
    /// The most generated residents: all identification codes stay apart.
    public static let residentsMax = 10_000_000
    /// One resident in so many is entitled to something.
    public static let residentsPerEntitled: UInt64 = 8
    /// Of 100 entitled residents, so many have one, two and three entitlements: 1.5 on average.
    public static let entitlementShares = [60, 30, 10]
    /// Months of payments that each entitlement has.
    public static let months = 24

    /// Generated residents, the personas not counted.
    public var residents: Int
    /// Seed of everything random.
    public var seed: UInt64
    /// Where the households are registered.
    public var division: DivisionCode
    /// Date of all data, seconds since 1970 UTC.
    public var asOf: Int64

    /// Makes a plan.
    public init(residents: Int, seed: UInt64, division: DivisionCode, asOf: Int64) {
        precondition((0...Self.residentsMax).contains(residents))
        self.residents = residents
        self.seed = seed
        self.division = division
        self.asOf = asOf
    }

    /// Civil date of the data.
    public var today: CivilDate { CivilDate(secondsSince1970: asOf) }
}
