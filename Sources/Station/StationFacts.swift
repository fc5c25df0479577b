package import Benefits

/// What stands around every screen of a station.
package struct StationFacts: Sendable, Equatable {
    /// Name of the station, in Chinese.
    package var stationName: String
    /// Telephone number that is shown with every failure.
    package var hotline: String
    /// Whether the readers are simulated: every page is watermarked.
    package var simulated: Bool
    /// Whether the policy pack is fictitious.
    package var fictitious: Bool
    /// Whether any key is of development.
    package var developmentKeys: Bool
    /// How old data may be (DOMAIN.md 4.6).
    package var freshnessLimits: FreshnessLimits

    package init(
        stationName: String,
        hotline: String,
        simulated: Bool,
        fictitious: Bool,
        developmentKeys: Bool,
        freshnessLimits: FreshnessLimits
    ) {
        self.stationName = stationName
        self.hotline = hotline
        self.simulated = simulated
        self.fictitious = fictitious
        self.developmentKeys = developmentKeys
        self.freshnessLimits = freshnessLimits
    }

    /// How fresh data of that date is now.
    package func freshness(asOf: Int64, now: Int64) -> Freshness {
        freshnessLimits.freshness(asOf: asOf, now: now)
    }
}
