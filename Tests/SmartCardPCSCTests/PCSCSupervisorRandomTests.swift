import SeededRandom
import SmartCard
import Testing

@testable import SmartCardPCSC

/// Random stories: whatever happens in whatever order, the supervision goes on and its events make sense.
@Suite struct PCSCSupervisorRandomTests {
    private static let names = ["A 00 00", "B 01 00", "C 02 00"]
    private static let codes: [PCSCReturnCode] = [
        .success, .success, .success, .timeout, .unknownReader, .cancelled, .noService, .securityViolation,
        .communicationError, .invalidHandle, .noReadersAvailable,
    ]

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func keepsItsPromisesInEveryStory(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var consistency = EventConsistency()
        for _ in 0..<250 {
            var driver = SupervisorDriver()
            driver.start()
            for _ in 0..<100 {
                let told = driver.told.count
                step(&driver, &random)
                for event in driver.told[told...] { consistency.take(event) }
                let waits = driver.actions.filter { if case .wait = $0 { true } else { false } }
                let timers = driver.actions.filter { if case .setTimer = $0 { true } else { false } }
                #expect(waits.count <= 1 && timers.count <= 1)
                // Every step leaves a deadline behind, but for a farewell and where only a thread can bring news.
                let isFarewell = driver.actions == [.close(driver.connection - 1)]
                let isWaitingForThreads = [.blocked, .establishing(isLate: true)].contains(driver.supervisor.phase)
                #expect(driver.actions.isEmpty || isFarewell || isWaitingForThreads || timers.count == 1)
            }
            driver.stop()
            consistency.reset()
        }
        #expect(consistency.violations.isEmpty, "seed \(seed)")
    }

    private func step(_ driver: inout SupervisorDriver, _ random: inout SplitMix64) {
        let code = Self.codes.randomElement(using: &random) ?? .success
        let isStray = Int.random(in: 0..<10, using: &random) == 0
        let connection = isStray ? driver.connection - 1 : driver.connection
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            driver.timeout()
            let lost = driver.supervisor.leftBehind.randomElement(using: &random)
            if let lost, Bool.random(using: &random) { driver.handle(.closed(connection: lost)) }
        case 1:
            driver.handle(.timer(Int.random(in: 0..<5, using: &random)))
        case 2, 3:
            driver.handle(
                code == .success
                    ? .established(connection: connection) : .establishFailed(connection: connection, code)
            )
        case 4, 5:
            let names = Self.names.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
            driver.handle(.listed(connection: connection, code, names.map { ReaderName($0) }))
        default:
            let readers = driver.supervisor.readers.map { reader in
                var watched = PCSCWatchedReader(name: reader.name.rawValue, known: reader.known)
                watched.event = PCSCReaderState(rawValue: UInt32.random(in: 0..<0x4_0400, using: &random))
                return watched
            }
            driver.handle(.waited(connection: connection, .init(returned: code, readers: readers)))
        }
    }
}

/// Checks that a stream of events tells a story that can be true.
struct EventConsistency {
    private var isAvailable = false
    private var readers: Set<ReaderName> = []
    /// The readers of which something was told of a card.
    private var occupied: Set<ReaderName> = []
    /// The readers with a card that answers.
    private var inserted: Set<ReaderName> = []
    private(set) var violations: [String] = []

    mutating func reset() {
        isAvailable = false
        readers = []
        occupied = []
        inserted = []
    }

    mutating func take(_ event: ReaderEvent) {
        switch event {
        case .serviceAvailable:
            check(!isAvailable && readers.isEmpty, event)
            isAvailable = true
        case .serviceLost:
            reset()
        case .readerArrived(let name):
            check(isAvailable && readers.insert(name).inserted, event)
        case .readerLeft(let name):
            check(readers.remove(name) != nil && !occupied.contains(name), event)
        case .cardInserted(let name, _, _):
            check(readers.contains(name) && inserted.insert(name).inserted, event)
            occupied.insert(name)
        case .cardMute(let name), .presenceUnknown(let name):
            check(readers.contains(name), event)
            occupied.insert(name)
            inserted.remove(name)
        case .cardRemoved(let name):
            check(readers.contains(name) && occupied.remove(name) != nil, event)
            inserted.remove(name)
        }
    }

    private mutating func check(_ isTrue: Bool, _ event: ReaderEvent) {
        if !isTrue { violations.append("\(event)") }
    }
}
