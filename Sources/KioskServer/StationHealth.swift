import Station

/// What a station knows of its parts, and what a monitor is told of it.
///
/// A station is `failing` when nobody can be served, and `degraded` while somebody can and something needs care.
package struct StationHealth: Sendable {
    private let cardServiceCode: String?
    private let servicePoints: Int
    private let servicePointsWithoutReader: Int
    private let ledgerCode: String?
    private let diskIsLow: Bool
    private let developmentKeys: Bool
    private let pinIsLocked: Bool

    /// - Parameters:
    ///   - cardServiceCode: what is wrong with the card service.
    ///   - servicePoints: how many there are.
    ///   - servicePointsWithoutReader: how many of them have no reader.
    ///   - ledgerCode: why no ledger is in use.
    ///   - diskIsLow: whether the disk is nearly full.
    ///   - developmentKeys: whether any key is of development; only a simulated station runs with such.
    ///   - pinIsLocked: whether the memory for PINs is kept off the disk.
    package init(
        cardServiceCode: String?,
        servicePoints: Int,
        servicePointsWithoutReader: Int,
        ledgerCode: String?,
        diskIsLow: Bool,
        developmentKeys: Bool,
        pinIsLocked: Bool
    ) {
        self.cardServiceCode = cardServiceCode
        self.servicePoints = servicePoints
        self.servicePointsWithoutReader = servicePointsWithoutReader
        self.ledgerCode = ledgerCode
        self.diskIsLow = diskIsLow
        self.developmentKeys = developmentKeys
        self.pinIsLocked = pinIsLocked
    }

    /// The report; the whole is as bad as its worst part.
    package func report(version: String) -> HealthReport {
        let components = components
        let status: HealthReport.Status =
            if components.contains(where: { $0.status == .failing }) {
                .failing
            } else if components.contains(where: { $0.status == .degraded }) {
                .degraded
            } else {
                .ok
            }
        return HealthReport(status: status, version: version, components: components)
    }

    private var components: [HealthReport.Component] {
        [
            part("cards", cardServiceCode, .failing),
            part(
                "readers",
                servicePointsWithoutReader > 0 ? "reader.not-found" : nil,
                servicePointsWithoutReader < servicePoints ? .degraded : .failing
            ),
            part("ledger", ledgerCode, .failing),
            part("disk", diskIsLow ? StationError.Code.diskLow.rawValue : nil, .degraded),
            // No fault of a simulated station, yet nobody may overlook it.
            part("keys", developmentKeys ? StationError.Code.keyDevelopment.rawValue : nil, .ok),
            part("pinMemory", pinIsLocked ? nil : StationError.Code.serviceFailure.rawValue, .degraded),
        ]
    }

    private func part(_ name: String, _ code: String?, _ status: HealthReport.Status) -> HealthReport.Component {
        HealthReport.Component(name: name, status: code == nil ? .ok : status, code: code)
    }
}
