import CivilIdentity
import Foundation
import GRDB
import HubProtocol
import Station
import Synchronization

@testable import JournalSQLite

/// A journal in a directory of its own, with a clock that the test sets.
struct JournalFixture {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("oc-journal-\(UUID().uuidString)")
    let station: StationID
    let key: SigningKey
    let pseudonyms = PseudonymKey(keyID: 1, material: [UInt8](repeating: 3, count: 32))

    init() throws {
        guard let station = StationID(rawValue: "station-1") else { throw CocoaError(.coderInvalidValue) }
        self.station = station
        key = try SigningKey(keyID: "station-1", seed: [UInt8](repeating: 4, count: 32))
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    var url: URL { directory.appendingPathComponent("journal.sqlite") }
    var keys: VerificationKeys { VerificationKeys([key.verificationKey]) }

    func open(now: @escaping @Sendable () -> Int64 = { 1_772_683_200_000 }) throws -> SQLiteJournal {
        try SQLiteJournal(url: url, station: station, key: key, syncPolicy: .full, now: now)
    }

    func resident() throws -> ResidentKey { pseudonyms.residentKey(try CitizenNumber("99999919400315001X")) }
    func card() -> CardKey { pseudonyms.cardKey(identificationCode: [UInt8](repeating: 5, count: 16)) }

    func events(_ count: Int) throws -> [StationEvent] {
        let resident = try resident()
        return (1...count).map { number in
            StationEvent(
                .ledgerQueried,
                servicePoint: "kiosk-1",
                session: "s\(number)",
                residentKey: resident,
                attributes: ["scope": "summary"]
            )
        }
    }

    /// Changes the file behind the journal's back, with the triggers out of the way.
    func tamper(_ sql: String) throws {
        let database = try DatabaseQueue(path: url.path)
        try database.write { database in
            try database.execute(sql: "DROP TRIGGER eventIsNeverChanged; DROP TRIGGER eventIsNeverDeleted; \(sql)")
        }
    }

    func verify(head: JournalHead? = nil) throws -> JournalVerifier.Report {
        try JournalVerifier.verify(url, keys: keys, station: station, head: head)
    }

    func code(head: JournalHead? = nil) -> String {
        do {
            _ = try verify(head: head)
            return "whole"
        } catch {
            return FailureCode.of(error)
        }
    }
}
