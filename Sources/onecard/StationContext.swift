import Benefits
import CivilIdentity
import Foundation
import HubProtocol
import JournalSQLite
import LedgerSQLite
import LinuxHost
import SmartCardPCSC
import Station
import YAMLFiles

/// What station.yaml leads to: keys, ledger, journal, the daemon's socket.
///
/// As the daemon does, it takes keys of development and another pcscd's socket in a simulated station only.
struct StationContext: Sendable {
    let configuration: StationConfiguration
    let keys: KeyStore

    init(_ options: StationOptions) throws {
        do {
            configuration = try StationFile.read(options.config)
        } catch {
            throw StationError(.configurationInvalid, error.description)
        }
        PCSCEnvironment.apply(simulated: configuration.simulated)
        keys = try KeyStore(
            directory: configuration.keyDirectory,
            environment: ProcessInfo.processInfo.environment,
            acceptsDevelopment: configuration.simulated
        )
    }

    var ledgerDirectory: URL { state.appendingPathComponent("ledger", isDirectory: true) }
    var journalFile: URL { state.appendingPathComponent("journal.sqlite") }
    var daemon: ControlClient { ControlClient(path: "\(configuration.stateDirectory)/control.sock") }

    private var state: URL { URL(fileURLWithPath: configuration.stateDirectory, isDirectory: true) }

    /// The policy pack.
    func policy() throws -> BenefitPolicy {
        do {
            return try PolicyFile.read(configuration.policyFile)
        } catch {
            throw StationError(.configurationInvalid, error.description)
        }
    }

    /// What the ledger in use is.
    func ledgerStatus() async throws -> LedgerStatus {
        try await StationLedger(openLedger()).status()
    }

    /// Opens the ledger that is in use.
    ///
    /// - Parameter leavesFiles: Whether damaged and superseded files stay where they are, as a daemon may be serving them.
    /// - Returns: The ledger, open.
    /// - Throws: A `ledger.*` code.
    func openLedger(leavesFiles: Bool = true) throws -> SQLiteLedger {
        let ledger = SQLiteLedger(
            directory: ledgerDirectory.path,
            stationDivision: configuration.division,
            hubKeys: keys.hub,
            storageKey: keys.storage,
            leavesFiles: leavesFiles
        )
        try ledger.switchToCurrent()
        return ledger
    }

    /// Makes ledgers of this station from ledger files.
    var importer: LedgerImporter {
        LedgerImporter(
            directory: ledgerDirectory.path,
            stationDivision: configuration.division,
            groupKeys: [keys.group],
            hubKeys: keys.hub,
            storageKey: keys.storage
        )
    }

    /// The station's name in its journal.
    func stationID() throws -> StationID {
        guard let id = StationID(rawValue: configuration.id) else {
            throw StationError(.configurationInvalid, "station.id has other characters than a-z 0-9 -")
        }
        return id
    }

    /// Asks a running daemon to use the newest ledger.
    ///
    /// - Returns: false when no daemon runs.
    func switchDaemon() throws -> Bool {
        do {
            _ = try daemon.ask(["command": "ledger-switch"], timeoutSeconds: 60)
            return true
        } catch let error where FailureCode.of(error) == StationError.Code.serviceNotRunning.rawValue {
            return false
        }
    }
}

/// Points in time for people and scripts.
enum Instant {
    /// ISO 8601 in Shanghai's time.
    static func iso(_ seconds: Int64) -> String {
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = TimeZone(secondsFromGMT: 8 * 3_600)
        return formatter.string(from: Date(timeIntervalSince1970: TimeInterval(seconds)))
    }
}
