import Benefits
import CivilIdentity
import HubProtocol
import JournalSQLite
import LinuxHost
import Station

/// The journal for commands: a running daemon writes for them, otherwise they write themselves.
final class JournalWriter: Journal {
    private let context: StationContext
    private let own: SQLiteJournal?
    private let lock: FileLock?
    private let reading: SQLiteJournalReader

    init(_ context: StationContext) throws {
        self.context = context
        try StateDirectory.prepare(context.configuration.stateDirectory)
        if let lock = try? FileLock(path: "\(context.configuration.stateDirectory)/daemon.lock") {
            self.lock = lock
            own = try SQLiteJournal(
                url: context.journalFile,
                station: try context.stationID(),
                key: context.keys.station,
                syncPolicy: .full
            )
        } else {
            lock = nil
            own = nil
        }
        reading = try SQLiteJournalReader(url: context.journalFile)
    }

    func append(_ events: [StationEvent]) async throws {
        if let own { return try await own.append(events) }
        _ = try context.daemon.ask(["command": "record", "events": EventCoding.value(events)])
    }

    func pending(for resident: ResidentKey) async throws -> [PendingEvent] {
        try await reading.pending(for: resident)
    }

    func triesLeft(of card: CardKey) async throws -> Int? {
        try await reading.triesLeft(of: card)
    }
}
