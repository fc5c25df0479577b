import Benefits
import Foundation
import HubProtocol
import JournalSQLite
import LinuxHost
import Station
import StationWiring
import YAMLFiles

/// All that is read before the daemon does anything.
struct DaemonSetup: Sendable {
    let configuration: StationConfiguration
    let policy: BenefitPolicy
    let keys: KeyStore
    let station: StationID
    let environment: [String: String]
    let securityModules: SecurityModules

    /// Reads configuration, policy pack and keys.
    ///
    /// - Throws: `YAMLMistakes` with every mistake of a file; `key.*` and `config.invalid` codes.
    init(configurationFile: String, environment: [String: String]) throws {
        self.environment = environment
        configuration = try StationFile.read(configurationFile)
        policy = try PolicyFile.read(configuration.policyFile)
        securityModules = try SecurityModules(configuration)
        keys = try KeyStore(
            directory: configuration.keyDirectory,
            environment: environment,
            acceptsDevelopment: configuration.simulated
        )
        guard let station = StationID(rawValue: configuration.id) else {
            throw StationError(.configurationInvalid, "station.id has other characters than a-z 0-9 -")
        }
        self.station = station
    }

    var facts: StationFacts {
        StationFacts(
            stationName: configuration.name,
            hotline: configuration.hotline,
            simulated: configuration.simulated,
            fictitious: policy.isFictitious,
            developmentKeys: keys.isDevelopment,
            freshnessLimits: policy.freshnessLimits
        )
    }

    var ledgerDirectory: URL { directory("ledger") }
    var journalFile: URL { URL(fileURLWithPath: configuration.stateDirectory).appendingPathComponent("journal.sqlite") }
    var pageDirectory: URL { directory("pages") }
    var controlSocket: String { "\(configuration.stateDirectory)/control.sock" }

    /// Stands while the daemon has stopped in good order and knows its ledger to be whole.
    var cleanStopMark: URL {
        URL(fileURLWithPath: configuration.stateDirectory).appendingPathComponent("stopped-clean")
    }

    /// Full, but for the test that proves that the test of it can fail: a simulated station told so by its environment.
    var journalSync: JournalSyncPolicy {
        configuration.simulated && environment["ONECARD_PROOF_JOURNAL_SYNC"] == "off" ? .offForProof : .full
    }

    private func directory(_ name: String) -> URL {
        URL(fileURLWithPath: configuration.stateDirectory, isDirectory: true)
            .appendingPathComponent(name, isDirectory: true)
    }
}
