import HubProtocol
import LinuxHost
import Station

/// Answers what the command line asks.
struct DaemonControl: Sendable {
    let keeper: LedgerKeeper
    let journal: any Journal
    let health: HealthReporter

    func answer(_ question: [String: CanonicalJSON]) async -> [String: CanonicalJSON] {
        do {
            switch question["command"]?.stringValue {
            case "status": return await health.fields()
            case "ledger-switch": return ["generation": .integer(try await keeper.switchToCurrent().generation)]
            case "record": return try await record(question["events"])
            default: throw StationError(.controlMalformed, "the question is not known to this daemon")
            }
        } catch {
            return ControlMessage.failure(error)
        }
    }

    /// Rows of a command that reads cards beside the daemon: the daemon alone writes the journal.
    private func record(_ events: CanonicalJSON?) async throws -> [String: CanonicalJSON] {
        let events = try EventCoding.events(events)
        try await journal.append(events)
        return ["recorded": .integer(Int64(events.count))]
    }
}
