import Benefits
import CivilIdentity
import HubProtocol
import JournalSQLite
import LinuxHost
import Station

/// The journal for commands: a running daemon writes for them, otherwise they write themselves.
///
/// The daemon's lock is held while rows are written and no longer: a person may take an hour to find the card or the PIN,
/// and a daemon must be able to start meanwhile.
final class JournalWriter: Journal {
    private let context: StationContext
    private let reading: SQLiteJournalReader

    init(_ context: StationContext) throws {
        self.context = context
        try StateDirectory.prepare(context.configuration.stateDirectory)
        if let lock = Self.lock(context) {
            _ = try Self.open(context)
            withExtendedLifetime(lock) {}
        }
        reading = try SQLiteJournalReader(url: context.journalFile)
    }

    /// The daemon's lock; nil while the daemon holds it.
    private static func lock(_ context: StationContext) -> FileLock? {
        try? FileLock(path: "\(context.configuration.stateDirectory)/daemon.lock")
    }

    private static func open(_ context: StationContext) throws -> SQLiteJournal {
        try SQLiteJournal(
            url: context.journalFile,
            station: try context.stationID(),
            key: context.keys.station,
            syncPolicy: .full
        )
    }

    func append(_ events: [StationEvent]) async throws {
        if let lock = Self.lock(context) {
            try await Self.open(context).append(events)
            withExtendedLifetime(lock) {}
        } else {
            _ = try context.daemon.ask(["command": "record", "events": EventCoding.value(events)])
        }
    }

    func pending(for resident: ResidentKey) async throws -> [PendingEvent] {
        try await reading.pending(for: resident)
    }

    func triesLeft(of card: CardKey) async throws -> Int? {
        try await reading.triesLeft(of: card)
    }
}
