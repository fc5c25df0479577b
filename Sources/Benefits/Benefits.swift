public import CivilIdentity

/// What a person gets, from what is known and nothing else.
public enum Benefits: Sendable {
    /// Months of payments that a statement shows, the present one included.
    public static let historyMonths = 12

    /// Makes the statement of one person.
    ///
    /// Unknown values stay unknown (INV-28), amounts of different periods are never added, ended entitlements
    /// stay visible as ended, and a line whose data is stale says yes or no only (INV-30). Only entitlements and their
    /// payments can bring an amount onto a line (INV-07).
    ///
    /// - Parameters:
    ///   - view: the ledger's copy with own pending events.
    ///   - policy: the rules of the city.
    ///   - today: the civil date at the station.
    ///   - now: the same instant in seconds since 1970 UTC.
    /// - Returns: the eight programmes of the card in their order, then any other that the person has, by code.
    public static func statement(
        _ view: LedgerView,
        policy: BenefitPolicy,
        today: CivilDate,
        now: Int64
    ) -> Statement {
        let view = view.folded()
        let eight = Set(ProgrammeCode.eight)
        let others = Set(view.entitlements.map(\.programme)).subtracting(eight)
        let codes = ProgrammeCode.eight + others.sorted { $0.rawValue < $1.rawValue }
        let oldest = view.sources.map(\.asOf).min()
        let builder = StatementBuilder(view: view, policy: policy, today: today, now: now, oldest: oldest)
        return Statement(
            lines: codes.map(builder.line),
            dataAsOf: oldest,
            freshness: oldest.map { policy.freshnessLimits.freshness(asOf: $0, now: now) } ?? .stale,
            packID: policy.packID,
            isPolicyEffective: policy.isEffective(on: today)
        )
    }
}
