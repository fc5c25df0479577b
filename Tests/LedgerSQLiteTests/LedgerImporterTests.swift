import Benefits
import CivilIdentity
import Dispatch
import Foundation
import HubProtocol
import Synchronization
import Testing

@testable import LedgerSQLite

@Suite struct LedgerImporterTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func amount(_ ledger: SQLiteLedger) throws -> Int64? {
        let reading = try ledger.read(
            card: LedgerSample.cardKey(LedgerSample.code(1)),
            resident: LedgerSample.residentKey(LedgerSample.elderNumber)
        )
        return reading.view?.entitlements.first?.amount?.amount.fen
    }

    @Test func importsAndNamesTheNewLedger() async throws {
        let path = try LedgerSample.write(LedgerSample.records(), to: directory)
        let report = try await LedgerSample.importer(directory).importFile(at: path)
        #expect(report.generation == 1 && report.previousGeneration == nil)
        #expect(report.counts.residents == 2 && report.counts.payments == 24)
        #expect(report.databaseBytes == Int64(try directory.read("ledger/ledger-1.sqlite").count))
        #expect(directory.names(in: "ledger") == ["current", "import.lock", "ledger-1.sqlite"])
        let ledger = try LedgerSample.ledger(directory)
        #expect(try ledger.switchToCurrent() == 1)
        #expect(try amount(ledger) == 65_000)
    }

    @Test func keepsItsFilesToTheService() async throws {
        let path = try LedgerSample.write(LedgerSample.records(), to: directory)
        _ = try await LedgerSample.importer(directory).importFile(at: path)
        for name in ["ledger/current", "ledger/ledger-1.sqlite", "ledger/import.lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.path(name))
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    /// What can be wrong with a file that comes after generation 5.
    enum Fault: CaseIterable, Sendable {
        case cutInFront, cutInPages, changedSignature, changedManifest, changedPage, trailingByte, unknownHub, falseHub
        case unknownGroup, falseGroup, olderGeneration, otherFileOfSameGeneration, foreignDivision, smallerDivision
        case doubledPerson, doubledCard, notALedgerFile, emptyFile, noFile

        var code: LedgerError.Code {
            switch self {
            case .cutInFront, .cutInPages, .emptyFile: .truncated
            case .changedSignature, .changedManifest, .falseHub: .signature
            case .changedPage, .trailingByte: .tampered
            case .unknownHub, .unknownGroup, .falseGroup: .keyUnknown
            case .olderGeneration, .otherFileOfSameGeneration: .older
            case .foreignDivision, .smallerDivision: .foreignDivision
            case .doubledPerson, .doubledCard, .notALedgerFile: .format
            case .noFile: .missing
            }
        }

        func write(to directory: TemporaryDirectory) throws -> String {
            let records = try LedgerSample.records(amount: 1)
            func file(
                _ records: [SnapshotRecord]? = nil,
                division: String = LedgerSample.stationDivision,
                generation: Int64 = 6,
                group: StationGroupKey? = nil,
                hub: SigningKey? = nil,
                change: (inout [UInt8], Int) -> Void = { _, _ in }
            ) throws -> String {
                try LedgerSample.write(
                    try records ?? LedgerSample.records(amount: 1),
                    to: directory,
                    name: "faulty.ledger",
                    division: division,
                    generation: generation,
                    group: group,
                    hub: hub,
                    change: change
                )
            }
            switch self {
            case .cutInFront: return try file { bytes, front in bytes.removeLast(bytes.count - front + 1) }
            case .cutInPages: return try file { bytes, _ in bytes.removeLast() }
            case .changedSignature: return try file { bytes, front in bytes[front - 1] ^= 1 }
            case .changedManifest: return try file { bytes, _ in bytes[60] ^= 1 }
            case .changedPage: return try file { bytes, front in bytes[front + 9] ^= 1 }
            case .trailingByte: return try file { bytes, _ in bytes.append(0) }
            case .unknownHub: return try file(hub: LedgerSample.hub(keyID: "hub-2"))
            case .falseHub: return try file(hub: LedgerSample.hub(byte: 10))
            case .unknownGroup: return try file(group: LedgerSample.group(keyID: 2))
            case .falseGroup: return try file(group: LedgerSample.group(byte: 8))
            case .olderGeneration: return try file(generation: 4)
            case .otherFileOfSameGeneration: return try file(generation: 5)
            case .foreignDivision: return try file(division: "440704")
            case .smallerDivision: return try file(division: "440703001002")
            case .doubledPerson: return try file(records + [records[4]])
            case .doubledCard: return try file(records + [.resident(try twin()), try card(of: twin())])
            case .notALedgerFile: return try file { bytes, _ in bytes[0] ^= 1 }
            case .emptyFile: return try file { bytes, _ in bytes.removeAll() }
            case .noFile: return directory.path("absent.ledger")
            }
        }

        private func twin() throws -> ResidentRecord {
            let number = try CitizenNumber("999999197204010244")
            return ResidentRecord(
                citizenNumber: number,
                name: try PersonName("钱"),
                sex: .male,
                birthDate: number.birthDate,
                division: try DivisionCode("4407"),
                source: "civil-affairs"
            )
        }

        private func card(of resident: ResidentRecord) throws -> SnapshotRecord {
            .card(
                CardRecord(
                    identificationCode: LedgerSample.code(1),
                    cardNumber: "X1",
                    citizenNumber: resident.citizenNumber,
                    status: .normal
                )
            )
        }
    }

    @Test(arguments: Fault.allCases)
    func aFaultyFileHasItsCodeAndLeavesTheOldLedger(fault: Fault) async throws {
        let importer = try LedgerSample.importer(directory)
        let good = try LedgerSample.write(LedgerSample.records(), to: directory, generation: 5)
        _ = try await importer.importFile(at: good)
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        let before = try directory.names(in: "ledger").map { try directory.read("ledger/\($0)") }

        let path = try fault.write(to: directory)
        let error = await #expect(throws: LedgerError.self) { try await importer.importFile(at: path) }
        #expect(error?.code == fault.code)
        #expect(error?.description.contains(LedgerSample.elderNumber) == false)

        let names = directory.names(in: "ledger")
        #expect(names == ["current", "import.lock", "ledger-5.sqlite"])
        #expect(try names.map { try directory.read("ledger/\($0)") } == before)
        #expect(try ledger.switchToCurrent() == 5)
        #expect(try amount(ledger) == 65_000)
    }

    @Test func aFileForALargerAreaIsTaken() async throws {
        let path = try LedgerSample.write(LedgerSample.records(), to: directory, division: "4407")
        #expect(try await LedgerSample.importer(directory).importFile(at: path).division.rawValue == "4407")
    }

    @Test func theSameFileMayBeImportedAgain() async throws {
        let importer = try LedgerSample.importer(directory)
        let path = try LedgerSample.write(LedgerSample.records(), to: directory)
        _ = try await importer.importFile(at: path)
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        let report = try await importer.importFile(at: path)
        #expect(report.previousGeneration == 1)
        #expect(directory.names(in: "ledger").contains("ledger-1-2.sqlite"))
        #expect(try amount(ledger) == 65_000)
        try ledger.switchToCurrent()
        #expect(try amount(ledger) == 65_000)
    }

    @Test func onlyTheLedgerInUseAndTheOneBeforeAreKept() async throws {
        let importer = try LedgerSample.importer(directory)
        for generation in 1...4 {
            let path = try LedgerSample.write(LedgerSample.records(), to: directory, generation: Int64(generation))
            _ = try await importer.importFile(at: path)
        }
        #expect(
            directory.names(in: "ledger") == ["current", "import.lock", "ledger-3.sqlite", "ledger-4.sqlite"]
        )
    }

    @Test func leftoversOfALostImportAreRemoved() async throws {
        let importer = try LedgerSample.importer(directory)
        try FileManager.default.createDirectory(atPath: directory.path("ledger"), withIntermediateDirectories: true)
        try directory.write([1, 2, 3], to: "ledger/importing.sqlite")
        try directory.write([1, 2, 3], to: "ledger/importing.sqlite-journal")
        try directory.write([1, 2, 3], to: "ledger/current.new")
        _ = try await importer.importFile(at: try LedgerSample.write(LedgerSample.records(), to: directory))
        #expect(directory.names(in: "ledger") == ["current", "import.lock", "ledger-1.sqlite"])
    }

    @Test func aSecondImportAtTheSameTimeIsRefused() async throws {
        let path = try LedgerSample.write(LedgerSample.records(), to: directory)
        try FileManager.default.createDirectory(atPath: directory.path("ledger"), withIntermediateDirectories: true)
        let lock = try LedgerDirectory(path: directory.path("ledger")).lock()
        let error = await #expect(throws: LedgerError.self) {
            try await LedgerSample.importer(directory).importFile(at: path)
        }
        #expect(error?.code == .busy)
        #expect(lock.number >= 0)
    }

    @Test(.timeLimit(.minutes(1))) func aCancelledImportLeavesNothing() async throws {
        let path = try LedgerSample.write(LedgerSample.town(3_000), to: directory)
        let importer = try LedgerSample.importer(directory)
        let started = AsyncStream<Void>.makeStream()
        let gate = DispatchSemaphore(value: 0)
        let task = Task {
            try await importer.importFile(at: path) { _ in
                started.continuation.yield()
                // Held on the first page until the task is cancelled.
                gate.wait()
                gate.signal()
            }
        }
        for await _ in started.stream { break }
        task.cancel()
        gate.signal()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(directory.names(in: "ledger") == ["import.lock"])
    }

    @Test func progressGoesForwardToTheEnd() async throws {
        let path = try LedgerSample.write(LedgerSample.town(2_000), to: directory)
        let reports = Mutex<[ImportProgress]>([])
        _ = try await LedgerSample.importer(directory).importFile(at: path) { progress in
            reports.withLock { $0.append(progress) }
        }
        let seen = reports.withLock { $0 }
        #expect(seen.count > 3)
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.bytesDone <= $1.bytesDone && $0.records <= $1.records })
        #expect(seen.last?.phase == .finishing)
        #expect(seen.last?.bytesDone == seen.last?.bytesTotal)
        #expect(seen.last?.records == 2_000 * 2 + 250 + 4)
    }

    @Test func verifyingAFileStoresNothing() async throws {
        let importer = try LedgerSample.importer(directory)
        let path = try LedgerSample.write(LedgerSample.records(), to: directory, generation: 3)
        #expect(try await importer.verifyFile(at: path).generation == 3)
        #expect(directory.names(in: "ledger").isEmpty)
        let faulty = try Fault.changedPage.write(to: directory)
        let error = await #expect(throws: LedgerError.self) { try await importer.verifyFile(at: faulty) }
        #expect(error?.code == .tampered)
    }

    /// INV-19: nothing in the directory of the ledger tells a number or a name.
    @Test func inv19NoPersonalDatumStandsInTheFiles() async throws {
        let path = try LedgerSample.write(LedgerSample.records(), to: directory)
        _ = try await LedgerSample.importer(directory).importFile(at: path)
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        _ = try amount(ledger)
        var secrets: [[UInt8]] = []
        for text in [LedgerSample.elderNumber, LedgerSample.otherNumber, "欧阳测试甲", "司徒样本乙", "K76543211"] {
            secrets.append(Array(text.utf8))
            secrets.append(text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
            secrets.append(text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] })
            secrets.append(try GB18030.encode(text))
            secrets.append(Array(Data(text.utf8).base64EncodedString().prefix(20).utf8))
        }
        secrets.append(LedgerSample.code(1))
        secrets.append(Array("a5a5a5a5a5".utf8))
        for name in directory.names(in: "ledger") {
            let bytes = Data(try directory.read("ledger/\(name)"))
            for secret in secrets { #expect(bytes.range(of: Data(secret)) == nil, "in \(name)") }
        }
        let planted = Data(try directory.read("town.ledger") + Array(LedgerSample.elderNumber.utf8))
        #expect(planted.range(of: Data(secrets[0])) != nil)
    }
}
