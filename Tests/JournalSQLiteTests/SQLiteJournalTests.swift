import Benefits
import CivilIdentity
import Foundation
import GRDB
import HubProtocol
import Station
import Synchronization
import Testing

@testable import JournalSQLite

@Suite struct SQLiteJournalTests {
    @Test func rowsAreChainedSignedAndKeptOverReopening() async throws {
        let fixture = try JournalFixture()
        try await fixture.open().append(try fixture.events(3))
        try await fixture.open().append(try fixture.events(2))
        let report = try fixture.verify()
        #expect(report.rows == 5)
        #expect(try JournalVerifier.head(fixture.url) == report.head)
        #expect(try JournalVerifier.rows(fixture.url, from: 2, limit: 2).map(\.sequence) == [2, 3])
    }

    @Test func theTablesRefuseChangeAndRemoval() async throws {
        let fixture = try JournalFixture()
        try await fixture.open().append(try fixture.events(2))
        let database = try DatabaseQueue(path: fixture.url.path)
        for sql in ["UPDATE event SET kind = 'X'", "DELETE FROM event WHERE sequence = 1"] {
            await #expect(throws: DatabaseError.self) { try await database.write { try $0.execute(sql: sql) } }
        }
        #expect(fixture.code() == "whole")
    }

    @Test func syncIsFullUnlessTheProofSwitchesItOff() async throws {
        let fixture = try JournalFixture()
        let journal = try fixture.open()
        #expect(try await journal.synchronous() == 2)
        let unsafe = try SQLiteJournal(
            url: fixture.url,
            station: fixture.station,
            key: fixture.key,
            syncPolicy: .offForProof
        )
        #expect(try await unsafe.synchronous() == 0)
    }

    @Test func theClockNeverGoesBackAlsoOverRestarts() async throws {
        let fixture = try JournalFixture()
        try await fixture.open(now: { 2_000 }).append(try fixture.events(2))
        try await fixture.open(now: { 1_000 }).append(try fixture.events(2))
        let clocks = try JournalVerifier.rows(fixture.url, from: 1, limit: 10).map(\.clock)
        #expect(clocks == clocks.sorted() && Set(clocks).count == 4)
    }

    @Test func triesLeftFollowTheLastAnswerOfTheCardAndAreForgottenAfterSuccess() async throws {
        let fixture = try JournalFixture()
        let journal = try fixture.open()
        let card = fixture.card()
        func row(_ kind: StationEventKind, _ attributes: [String: CanonicalJSON] = [:]) -> StationEvent {
            StationEvent(kind, servicePoint: "kiosk-1", cardKey: card, attributes: attributes)
        }
        #expect(try await journal.triesLeft(of: card) == nil)
        try await journal.append([row(.pinFailed, ["triesLeft": 2])])
        #expect(try await journal.triesLeft(of: card) == 2)
        try await journal.append([row(.pinFailed, ["triesLeft": 1])])
        #expect(try await fixture.open().triesLeft(of: card) == 1)
        try await journal.append([row(.pinVerified)])
        #expect(try await journal.triesLeft(of: card) == nil)
        try await journal.append([row(.pinLocked)])
        #expect(try await journal.triesLeft(of: card) == 0)
    }

    @Test(arguments: [("PinFailed", 2), ("PinLocked", 0)])
    func aTryThatWasBegunMakesTheTriesLeftUnknownUntilTheCardHasAnswered(kind: String, former: Int) async throws {
        let fixture = try JournalFixture()
        let journal = try fixture.open()
        let card = fixture.card()
        func row(_ kind: StationEventKind, _ attributes: [String: CanonicalJSON] = [:]) -> StationEvent {
            StationEvent(kind, servicePoint: "kiosk-1", cardKey: card, attributes: attributes)
        }
        let before = try #require(StationEventKind(rawValue: kind))
        try await journal.append([row(before, before == .pinFailed ? ["triesLeft": .integer(Int64(former))] : [:])])
        #expect(try await journal.triesLeft(of: card) == former)
        try await journal.append([row(.pinAttempted)])
        #expect(try await fixture.open().triesLeft(of: card) == nil, "also after the power was cut")
        try await journal.append([row(.pinFailed)])
        #expect(try await journal.triesLeft(of: card) == nil, "a card that does not tell")
        try await journal.append([row(.pinFailed, ["triesLeft": 1])])
        #expect(try await journal.triesLeft(of: card) == 1)
    }

    @Test func noticedPaymentsComeBackAsPendingEventsOfThatPersonOnly() async throws {
        let fixture = try JournalFixture()
        let journal = try fixture.open()
        let resident = try fixture.resident()
        let row = StationEvent(
            .paymentNotified,
            servicePoint: "kiosk-1",
            residentKey: resident,
            attributes: ["entitlement": "E-1", "month": "2026-02", "instalment": 1]
        )
        try await journal.append([row])
        let expected = PendingEvent.paymentNotified(
            entitlement: "E-1",
            month: try YearMonth(iso: "2026-02"),
            instalment: 1
        )
        #expect(try await journal.pending(for: resident) == [expected])
        let other = fixture.pseudonyms.residentKey(try CitizenNumber("999999194811090027"))
        #expect(try await journal.pending(for: other).isEmpty)
    }

    @Test func aThousandParallelAppendsMakeOneChain() async throws {
        let fixture = try JournalFixture()
        let journal = try fixture.open()
        let events = try fixture.events(2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<500 { group.addTask { try await journal.append(events) } }
            try await group.waitForAll()
        }
        #expect(try fixture.verify().rows == 1_000)
    }
}

@Suite struct JournalVerifierTests {
    @Test(arguments: [
        ("UPDATE event SET kind = 'PinVerified' WHERE sequence = 3", "journal.row-changed"),
        ("UPDATE event SET hash = zeroblob(32) WHERE sequence = 3", "journal.row-changed"),
        ("UPDATE event SET residentKey = NULL WHERE sequence = 3", "journal.row-changed"),
        ("UPDATE event SET envelope = x'00' WHERE sequence = 3", "journal.row-changed"),
        (
            "UPDATE event SET envelope = (SELECT envelope FROM event WHERE sequence = 2) WHERE sequence = 3",
            "journal.broken-chain"
        ),
        ("DELETE FROM event WHERE sequence = 3", "journal.missing-row"),
        ("DELETE FROM event WHERE sequence = 1", "journal.missing-row"),
        ("UPDATE event SET sequence = 9 WHERE sequence = 5", "journal.missing-row"),
        ("UPDATE event SET sequence = -sequence WHERE sequence IN (2, 3)", "journal.storage"),
    ])
    func aChangedMissingOrMovedRowIsFound(sql: String, code: String) async throws {
        let fixture = try JournalFixture()
        try await fixture.open().append(try fixture.events(5))
        #expect(fixture.code() == "whole")
        do {
            try fixture.tamper(sql)
        } catch {
            #expect(code == "journal.storage", "the table itself refuses")
            return
        }
        #expect(fixture.code() == code)
    }

    @Test func aSwapOfTwoRowsIsFound() async throws {
        let fixture = try JournalFixture()
        try await fixture.open().append(try fixture.events(5))
        try fixture.tamper(
            """
            UPDATE event SET sequence = 100 WHERE sequence = 2; UPDATE event SET sequence = 2 WHERE sequence = 3;
            UPDATE event SET sequence = 3 WHERE sequence = 100
            """
        )
        #expect(fixture.code() == "journal.broken-chain")
    }

    @Test func aCutTailIsFoundByAnEarlierHeadOnly() async throws {
        let fixture = try JournalFixture()
        try await fixture.open().append(try fixture.events(5))
        let head = try #require(try fixture.verify().head)
        try fixture.tamper("DELETE FROM event WHERE sequence = 5")
        #expect(fixture.code() == "whole")
        #expect(fixture.code(head: head) == "journal.tail-cut")
    }

    @Test func aRewrittenChainIsFoundByAnEarlierHead() async throws {
        let fixture = try JournalFixture()
        try await fixture.open().append(try fixture.events(5))
        let head = try #require(try fixture.verify().head)
        try fixture.tamper("DELETE FROM event WHERE sequence > 2")
        try await fixture.open().append(try fixture.events(4))
        #expect(fixture.code() == "whole")
        #expect(fixture.code(head: head) == "journal.rewritten")
    }

    @Test func rowsOfAnotherKeyOrStationAreFound() async throws {
        let fixture = try JournalFixture()
        try await fixture.open().append(try fixture.events(2))
        let other = try SigningKey(keyID: "station-1", seed: [UInt8](repeating: 8, count: 32)).verificationKey
        #expect(throws: JournalError.self) {
            try JournalVerifier.verify(fixture.url, keys: VerificationKeys([other]), station: fixture.station)
        }
        let stranger = try #require(StationID(rawValue: "station-2"))
        #expect(throws: JournalError.self) {
            try JournalVerifier.verify(fixture.url, keys: fixture.keys, station: stranger)
        }
    }

    @Test func aJournalWhoseLastRowWasChangedIsNotContinued() async throws {
        let fixture = try JournalFixture()
        try await fixture.open().append(try fixture.events(2))
        try fixture.tamper("UPDATE event SET hash = zeroblob(32) WHERE sequence = 2")
        #expect(throws: JournalError.self) { try fixture.open() }
    }
}

@Suite struct JournalSchemaTests {
    @Test func theShippedMigrationIsNeverChanged() {
        let hash = JournalSchema.version1.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { hash, byte in
            (hash ^ UInt64(byte)) &* 1_099_511_628_211
        }
        #expect(hash == 1_608_629_798_861_337_788, "FNV-1a of the text")
    }
}
