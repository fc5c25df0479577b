import Benefits
import CivilIdentity
import SmartCard
import SocialCard
import Synchronization

@testable import Station

/// A ledger that knows one card.
struct FixedLedger: ResidentLedger {
    let lookup: LedgerLookup

    func status() async throws -> LedgerStatus {
        LedgerStatus(
            generation: 1,
            division: try DivisionCode("440700"),
            createdAt: noon - 3_600,
            sources: [],
            residents: 1,
            cards: 1,
            entitlements: 1,
            payments: 1
        )
    }

    func lookup(card: CardKey, resident: ResidentKey) async throws -> LedgerLookup { lookup }
}

final class ListJournal: Journal {
    private let events = Mutex<[StationEvent]>([])

    var kinds: [StationEventKind] { events.withLock { $0.map(\.kind) } }

    func append(_ events: [StationEvent]) async throws { self.events.withLock { $0 += events } }
    func pending(for resident: ResidentKey) async throws -> [PendingEvent] { [] }
    func triesLeft(of card: CardKey) async throws -> Int? { nil }
}

struct StandingClock: StationClock {
    func now() -> Int64 { noon }
    func uptime() -> Double { 0 }

    /// Nothing runs out before the test ends.
    func sleep(seconds: Int) async throws {
        for await _ in AsyncStream<Void>(unfolding: { nil }) {}
        throw CancellationError()
    }
}

final class PlainPIN: PINBuffer {
    private let digits: Mutex<[UInt8]>

    init(_ digits: [UInt8] = []) { self.digits = Mutex(digits) }

    var count: Int { digits.withLock { $0.count } }

    func append(_ digit: UInt8) -> Bool {
        digits.withLock { $0.append(digit) }
        return true
    }

    func deleteLast() { digits.withLock { _ = $0.popLast() } }
    func wipe() { digits.withLock { $0 = [] } }

    func take() -> any PINBuffer {
        digits.withLock { digits in
            defer { digits = [] }
            return PlainPIN(digits)
        }
    }

    func withDigits<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let copy = digits.withLock { $0 }
        return try copy.withUnsafeBytes(body)
    }
}
