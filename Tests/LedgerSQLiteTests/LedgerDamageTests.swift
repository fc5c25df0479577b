import CivilIdentity
import Foundation
import GRDB
import HubProtocol
import Testing

@testable import LedgerSQLite

@Suite struct LedgerDamageTests {
    private let directory: TemporaryDirectory
    private static let file = "ledger/ledger-1.sqlite"

    init() throws { directory = try TemporaryDirectory() }

    private func importTown() async throws {
        let path = try LedgerSample.write(LedgerSample.records(), to: directory)
        _ = try await LedgerSample.importer(directory).importFile(at: path)
    }

    private func change(_ name: String = file, _ body: (inout [UInt8]) -> Void) throws {
        var bytes = try directory.read(name)
        body(&bytes)
        try directory.write(bytes, to: name)
    }

    private func codeOfSwitch(_ ledger: SQLiteLedger) -> LedgerError.Code? {
        (#expect(throws: LedgerError.self) { try ledger.switchToCurrent() })?.code
    }

    private func readElder(_ ledger: SQLiteLedger) throws -> LedgerReading {
        try ledger.read(
            card: LedgerSample.cardKey(LedgerSample.code(1)),
            resident: LedgerSample.residentKey(LedgerSample.elderNumber),
            revealing: true
        )
    }

    @Test(arguments: ["cut", "longer", "magic", "application"])
    func whatTheLightCheckFindsIsSetAside(damage: String) async throws {
        try await importTown()
        try change { bytes in
            switch damage {
            case "cut": bytes.removeLast(4_096)
            case "longer": bytes.append(0)
            case "magic": bytes[0] ^= 1
            default: bytes[68] ^= 1
            }
        }
        let ledger = try LedgerSample.ledger(directory)
        #expect(codeOfSwitch(ledger) == .damaged)
        #expect(directory.names(in: "ledger") == ["current", "damaged-1-ledger-1.sqlite", "import.lock"])
        let error = #expect(throws: LedgerError.self) { try readElder(ledger) }
        #expect(error?.code == .damaged)
        #expect(codeOfSwitch(ledger) == .missing)
    }

    @Test func aDamagedLedgerIsRepairedByImportingAgain() async throws {
        try await importTown()
        try change { $0.removeLast() }
        let ledger = try LedgerSample.ledger(directory)
        #expect(codeOfSwitch(ledger) == .damaged)
        try await importTown()
        #expect(try ledger.switchToCurrent() == 1)
        #expect(try readElder(ledger).residentKnown)
    }

    @Test func aLedgerOfAnotherSchemaIsNotUsed() async throws {
        try await importTown()
        try change { $0[63] = 2 }
        #expect(codeOfSwitch(try LedgerSample.ledger(directory)) == .format)
        #expect(directory.names(in: "ledger").contains("ledger-1.sqlite"))
    }

    @Test(arguments: [
        "UPDATE meta SET front = x'00'", "UPDATE meta SET front = substr(front, 1, length(front) - 1)",
        "DELETE FROM meta", "DELETE FROM sources WHERE id = 1", "UPDATE programmes SET category = 'x'",
        "DROP TABLE payments",
    ])
    func aChangedSelfDescriptionIsFound(sql: String) async throws {
        try await importTown()
        try await execute(sql)
        try await resign()
        #expect(codeOfSwitch(try LedgerSample.ledger(directory)) == .damaged)
    }

    @Test(arguments: [
        "UPDATE residents SET sealed = zeroblob(60) WHERE id = 1",
        "UPDATE residents SET sealed = (SELECT sealed FROM residents WHERE id = 2) WHERE id = 1",
        "UPDATE entitlements SET sealed_account = x'00'", "UPDATE entitlements SET state = 9",
        "UPDATE entitlements SET programme = 99", "UPDATE payments SET month = 202513", "UPDATE payments SET state = 0",
        "UPDATE payments SET due_on = 20250230", "UPDATE cards SET status = 0", "UPDATE payments SET id = id + 512",
        "DELETE FROM entitlements WHERE id & 4095 = 0",
    ])
    func aChangedRowIsNeverServed(sql: String) async throws {
        try await importTown()
        try await execute(sql)
        try await resign()
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        let error = #expect(throws: LedgerError.self) { try readElder(ledger) }
        #expect(error?.code == .damaged)
        #expect(directory.names(in: "ledger").contains("damaged-1-ledger-1.sqlite"))
        #expect(codeOfManifest(ledger) == .damaged)
    }

    @Test func theFullCheckFindsAnyChangedByte() async throws {
        try await importTown()
        try change { bytes in bytes[bytes.count - 100] ^= 1 }
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        let error = await #expect(throws: LedgerError.self) { try await ledger.checkIntegrity() }
        #expect(error?.code == .damaged)
        #expect(directory.names(in: "ledger").contains("damaged-1-ledger-1.sqlite"))
        #expect(throws: LedgerError.self) { try readElder(ledger) }
    }

    @Test func theFullCheckCountsTheRows() async throws {
        try await importTown()
        try await execute("DELETE FROM payments WHERE id & 63 = 23")
        try await resign()
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        let error = await #expect(throws: LedgerError.self) { try await ledger.checkIntegrity() }
        #expect(error?.code == .damaged)
    }

    @Test func aDamagedNewLedgerDoesNotEndTheOldOne() async throws {
        try await importTown()
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        let path = try LedgerSample.write(LedgerSample.records(), to: directory, generation: 2)
        _ = try await LedgerSample.importer(directory).importFile(at: path)
        try change("ledger/ledger-2.sqlite") { $0.removeLast() }
        #expect(codeOfSwitch(ledger) == .damaged)
        #expect(try ledger.manifest().generation == 1)
        #expect(try readElder(ledger).residentKnown)
    }

    @Test func anotherStorageKeyOpensNothing() async throws {
        try await importTown()
        let otherID = try LedgerSample.ledger(directory, storageKey: LedgerSample.storageKey(keyID: 2))
        #expect(codeOfSwitch(otherID) == .keyUnknown)
        let otherSecret = try LedgerSample.ledger(directory, storageKey: LedgerSample.storageKey(byte: 6))
        #expect(codeOfSwitch(otherSecret) == .damaged)
        #expect(directory.names(in: "ledger") == ["current", "import.lock", "ledger-1.sqlite"])
        #expect(try LedgerSample.ledger(directory).switchToCurrent() == 1)
    }

    @Test func aHubKeyThatIsTrustedNoMoreIsToldApart() async throws {
        try await importTown()
        let ledger = SQLiteLedger(
            directory: directory.path("ledger"),
            stationDivision: nil,
            hubKeys: VerificationKeys([]),
            storageKey: try LedgerSample.storageKey()
        )
        #expect(codeOfSwitch(ledger) == .keyUnknown)
        #expect(directory.names(in: "ledger").contains("ledger-1.sqlite"))
    }

    @Test func aStationInAnotherAreaDoesNotUseTheLedger() async throws {
        try await importTown()
        let ledger = SQLiteLedger(
            directory: directory.path("ledger"),
            stationDivision: try DivisionCode("440704"),
            hubKeys: try LedgerSample.trusted(),
            storageKey: try LedgerSample.storageKey()
        )
        #expect(codeOfSwitch(ledger) == .foreignDivision)
    }

    @Test func aChangedCurrentIsReportedAndReplacedByAnImport() async throws {
        try await importTown()
        try change("ledger/current") { $0[40] ^= 1 }
        let ledger = try LedgerSample.ledger(directory)
        #expect(codeOfSwitch(ledger) == .damaged)
        try await importTown()
        #expect(try ledger.switchToCurrent() == 1)
        #expect(directory.names(in: "ledger").contains("damaged-1-current"))
    }

    @Test(.timeLimit(.minutes(1))) func damageThatALookUpFindsIsTold() async throws {
        try await importTown()
        try await execute("UPDATE entitlements SET state = 9")
        try await resign()
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        var told = ledger.retirements.makeAsyncIterator()
        #expect(throws: LedgerError.self) { try readElder(ledger) }
        #expect(await told.next() != nil)
    }

    @Test func aServedLedgerWhoseFileWasSetAsideIsServedNoMore() async throws {
        try await importTown()
        let served = try LedgerSample.ledger(directory)
        try served.switchToCurrent()
        try change { bytes in bytes[bytes.count - 100] ^= 1 }
        let verifying = try LedgerSample.ledger(directory)
        try verifying.switchToCurrent()
        _ = await #expect(throws: LedgerError.self) { try await verifying.checkIntegrity() }
        #expect(codeOfSwitch(served) == .missing)
        #expect(codeOfManifest(served) == .missing)
    }

    @Test func aMissingNewLedgerDoesNotEndTheOldOne() async throws {
        try await importTown()
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        let path = try LedgerSample.write(LedgerSample.records(), to: directory, generation: 2)
        _ = try await LedgerSample.importer(directory).importFile(at: path)
        try FileManager.default.removeItem(atPath: directory.path("ledger/ledger-2.sqlite"))
        #expect(codeOfSwitch(ledger) == .missing)
        #expect(try ledger.manifest().generation == 1)
    }

    @Test func whoeverOnlyLooksLeavesEveryFileInItsPlace() async throws {
        for generation in 1...3 as ClosedRange<Int64> {
            let path = try LedgerSample.write(LedgerSample.records(), to: directory, generation: generation)
            _ = try await LedgerSample.importer(directory).importFile(at: path)
        }
        try directory.write([], to: "ledger/ledger-1.sqlite")
        let names = directory.names(in: "ledger")
        let looking = try LedgerSample.ledger(directory, leavesFiles: true)
        try looking.switchToCurrent()
        #expect(directory.names(in: "ledger") == names)
        try change("ledger/ledger-3.sqlite") { bytes in bytes[bytes.count - 100] ^= 1 }
        _ = await #expect(throws: LedgerError.self) { try await looking.checkIntegrity() }
        #expect(codeOfManifest(looking) == .damaged)
        try change("ledger/ledger-3.sqlite") { $0.removeLast() }
        #expect(codeOfSwitch(looking) == .damaged)
        #expect(directory.names(in: "ledger") == names)
    }

    private func codeOfManifest(_ ledger: SQLiteLedger) -> LedgerError.Code? {
        (#expect(throws: LedgerError.self) { try ledger.manifest() })?.code
    }

    // MARK: - A hand inside

    private func execute(_ sql: String) async throws {
        let queue = try DatabaseQueue(path: directory.path(Self.file))
        try await queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// Makes `current` fit the changed file, as somebody with the storage key could.
    private func resign() async throws {
        let folder = LedgerDirectory(path: directory.path("ledger"))
        let key = try LedgerSample.storageKey()
        var current = try #require(try folder.readCurrent(storageKey: key))
        let print = try FileFingerprint(path: directory.path(Self.file)) { false }
        current.bytes = print.bytes
        current.fileHash = print.sha256
        try folder.writeCurrent(current, storageKey: key)
    }
}
