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
    func report() async -> HealthReport {
        let components = await components()
        let isWhole = components.allSatisfy { $0.status == .ok }
        return HealthReport(status: isWhole ? .ok : .degraded, version: Self.version, components: components)
    }

    /// For the command line.
    func fields() async -> [String: CanonicalJSON] {
        var fields: [String: CanonicalJSON] = ["version": .string(Self.version), "station": .string(configuration.id)]
        let (readers, _) = await router.state
        fields["readers"] = .array(readers.map(CanonicalJSON.string))
        if let status = await keeper.status {
            fields["ledgerGeneration"] = .integer(status.generation)
            fields["ledgerCreatedAt"] = .integer(status.createdAt)
        }
        for component in await components() {
            fields[component.name] = .string(component.code ?? component.status.rawValue)
        }
        return fields
    }

    private func components() async -> [HealthReport.Component] {
        let (readers, cardCode) = await router.state
        let ledgerCode = await keeper.code
        let disk = StateDirectory.freeBytes(configuration.stateDirectory) ?? 0
        return [
            component("cards", cardCode),
            component("readers", readers.isEmpty ? "reader.not-found" : nil),
            component("ledger", ledgerCode),
            component("disk", disk < StateDirectory.freeBytesMin ? StationError.Code.diskLow.rawValue : nil),
            component("keys", facts.developmentKeys && !facts.simulated ? "key.malformed" : nil),
            component("pinMemory", pinIsLocked ? nil : "service.failure"),
        ]
    }

    private func component(_ name: String, _ code: String?) -> HealthReport.Component {
        HealthReport.Component(name: name, status: code == nil ? .ok : .degraded, code: code)
    }
}
