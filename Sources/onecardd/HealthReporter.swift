import HubProtocol
import KioskServer
import LinuxHost
import Station

/// Tells how the station is, without a word about people.
struct HealthReporter: Sendable {
    /// Version of the software.
    static let version = "0.1.0"

    let configuration: StationConfiguration
    let facts: StationFacts
    let router: ReaderRouter
    let keeper: LedgerKeeper
    let pinIsLocked: Bool

    /// For the health page.
    func report() async -> HealthReport { await health().report(version: Self.version) }

    /// For the command line.
    func fields() async -> [String: CanonicalJSON] {
        let report = await report()
        var fields: [String: CanonicalJSON] = [
            "version": .string(Self.version), "station": .string(configuration.id),
            "status": .string(report.status.rawValue),
        ]
        if let status = await keeper.status {
            fields["ledgerGeneration"] = .integer(status.generation)
            fields["ledgerCreatedAt"] = .integer(status.createdAt)
        }
        for component in report.components {
            fields[component.name] = .string(component.code ?? component.status.rawValue)
        }
        return fields
    }

    private func health() async -> StationHealth {
        let readers = await router.state
        return StationHealth(
            cardServiceCode: readers.serviceCode,
            servicePoints: configuration.servicePoints.count,
            servicePointsWithoutReader: readers.pointsWithoutReader,
            ledgerCode: await keeper.code,
            diskIsLow: (StateDirectory.freeBytes(configuration.stateDirectory) ?? 0) < StateDirectory.freeBytesMin,
            developmentKeys: facts.developmentKeys,
            pinIsLocked: pinIsLocked
        )
    }
}
