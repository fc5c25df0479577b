import Benefits
import CivilIdentity
import Foundation
import HubProtocol

@testable import LedgerSQLite

/// Keys and ledger files for the tests; all people are synthetic.
enum LedgerSample {
    static let asOf: Int64 = 1_767_225_600
    static let stationDivision = "440703001001"
    static let elderNumber = "99999919400315001X"
    static let otherNumber = "999999196507200139"

    static func group(keyID: UInt8 = 1, byte: UInt8 = 7) throws -> StationGroupKey {
        try StationGroupKey(keyID: keyID, secret: [UInt8](repeating: byte, count: 32))
    }

    static func hub(keyID: String = "hub-1", byte: UInt8 = 9) throws -> SigningKey {
        try SigningKey(keyID: keyID, seed: [UInt8](repeating: byte, count: 32))
    }

    static func storageKey(keyID: UInt8 = 1, byte: UInt8 = 5) throws -> StorageKey {
        try StorageKey(keyID: keyID, secret: [UInt8](repeating: byte, count: 32))
    }

    static func trusted() throws -> VerificationKeys { VerificationKeys([try hub().verificationKey]) }

    static func importer(_ directory: TemporaryDirectory) throws -> LedgerImporter {
        LedgerImporter(
            directory: directory.path("ledger"),
            stationDivision: try DivisionCode(stationDivision),
            groupKeys: [try group()],
            hubKeys: try trusted(),
            storageKey: try storageKey()
        )
    }

    static func ledger(
        _ directory: TemporaryDirectory,
        storageKey: StorageKey? = nil,
        leavesFiles: Bool = false
    ) throws -> SQLiteLedger {
        SQLiteLedger(
            directory: directory.path("ledger"),
            stationDivision: try DivisionCode(stationDivision),
            hubKeys: try trusted(),
            storageKey: try storageKey ?? LedgerSample.storageKey(),
            leavesFiles: leavesFiles
        )
    }

    static func elder() throws -> CitizenNumber { try CitizenNumber(elderNumber) }

    static func residentKey(_ number: String) throws -> ResidentKey {
        try group().pseudonymKey.residentKey(CitizenNumber(number))
    }

    static func cardKey(_ code: [UInt8]) throws -> CardKey {
        try group().pseudonymKey.cardKey(identificationCode: code)
    }

    static func code(_ number: UInt8) -> [UInt8] {
        [0x44, 0x07, 0x03] + [UInt8](repeating: 0xA5, count: 12) + [number]
    }

    static func entitlement(amount: Int64 = 65_000) throws -> EntitlementRecord {
        let month = try YearMonth(year: 2025, month: 12)
        var payments: [PaymentRecord] = []
        for back in 0..<24 {
            let month = month.adding(months: -back)
            payments.append(
                PaymentRecord(
                    month: month,
                    amount: Money(fen: amount),
                    state: back == 2 ? .returned : .credited,
                    dueOn: month.day(15),
                    creditedOn: back == 2 ? nil : month.day(16),
                    returnedReason: back == 2 ? "account-closed" : nil,
                    accountLastFour: back == 3 ? nil : back < 12 ? "4821" : "0007"
                )
            )
        }
        return EntitlementRecord(
            id: "E-0001",
            citizenNumber: try elder(),
            programme: .dibao,
            state: .active,
            amount: PeriodMoney(amount: Money(fen: amount), period: .month),
            from: try YearMonth(year: 2020, month: 1),
            source: "civil-affairs",
            accountLastFour: "4821",
            payments: payments
        )
    }

    static func second() throws -> EntitlementRecord {
        EntitlementRecord(
            id: "E-0002",
            citizenNumber: try elder(),
            programme: .gaoling,
            state: .tapering,
            from: try YearMonth(year: 2021, month: 1),
            to: try YearMonth(year: 2026, month: 3),
            taperMonthsLeft: 3,
            source: "social-security"
        )
    }

    static func records(amount: Int64 = 65_000) throws -> [SnapshotRecord] {
        let elder = try elder()
        let other = try CitizenNumber(otherNumber)
        let issued = try CivilDate(year: 2018, month: 5, day: 20)
        let expires = try CivilDate(year: 2028, month: 5, day: 20)
        func card(_ number: UInt8, _ holder: CitizenNumber, _ status: CardStatus) -> SnapshotRecord {
            .card(
                CardRecord(
                    identificationCode: code(number),
                    cardNumber: "K7654321\(number)",
                    citizenNumber: holder,
                    status: status,
                    issuedOn: issued,
                    expiresOn: expires,
                    replacedBy: status == .replaced ? code(1) : nil
                )
            )
        }
        func resident(_ number: CitizenNumber, _ name: String) throws -> SnapshotRecord {
            .resident(
                ResidentRecord(
                    citizenNumber: number,
                    name: try PersonName(name),
                    sex: number.sex,
                    birthDate: number.birthDate,
                    division: try DivisionCode(stationDivision),
                    categories: ["elder"],
                    source: "civil-affairs"
                )
            )
        }
        return [
            .source(SourceRecord(code: "civil-affairs", title: "民政局", asOf: asOf)),
            .source(SourceRecord(code: "social-security", title: "社保局", asOf: asOf - 60)),
            .programme(.undescribed(.dibao)), .programme(.undescribed(.gaoling)),
            try resident(elder, "欧阳测试甲"), card(1, elder, .normal), card(2, elder, .replaced),
            .entitlement(try entitlement(amount: amount)), .entitlement(try second()),
            try resident(other, "司徒样本乙"), card(3, other, .tempLost),
        ]
    }

    /// Writes a ledger file and returns its path.
    static func write(
        _ records: [SnapshotRecord],
        to directory: TemporaryDirectory,
        name: String = "town.ledger",
        division: String = stationDivision,
        generation: Int64 = 1,
        group: StationGroupKey? = nil,
        hub: SigningKey? = nil,
        change: (inout [UInt8], _ front: Int) -> Void = { _, _ in }
    ) throws -> String {
        var pages: [UInt8] = []
        var writer = try SnapshotWriter(
            division: try DivisionCode(division),
            generation: generation,
            createdAt: asOf,
            salt: [UInt8](repeating: UInt8(truncatingIfNeeded: generation), count: 32),
            groupKey: try group ?? LedgerSample.group(),
            pageBytes: 32 * 1024
        ) { pages += $0 }
        for record in records { try writer.append(record) }
        let front = try writer.finish(signingKey: try hub ?? LedgerSample.hub())
        var bytes = front + pages
        change(&bytes, front.count)
        let path = directory.path(name)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// A town of so many people, one card each and one entitlement for every eighth.
    static func town(_ count: Int) throws -> [SnapshotRecord] {
        var records = Array(try LedgerSample.records().prefix(4))
        let division = try DivisionCode("999999")
        for index in 0..<count {
            let birth = CivilDate(daysSince1970: index / 900)
            let number = try CitizenNumber(division: division, birthDate: birth, sequence: index % 900 + 1)
            records.append(
                .resident(
                    ResidentRecord(
                        citizenNumber: number,
                        name: try PersonName("测试"),
                        sex: number.sex,
                        birthDate: birth,
                        division: division,
                        source: "civil-affairs"
                    )
                )
            )
            let suffix = withUnsafeBytes(of: UInt32(index).bigEndian) { [UInt8]($0) }
            records.append(
                .card(
                    CardRecord(
                        identificationCode: [UInt8](repeating: 0x44, count: 12) + suffix,
                        cardNumber: "T\(10_000_000 + index)",
                        citizenNumber: number,
                        status: .normal
                    )
                )
            )
            guard index.isMultiple(of: 8) else { continue }
            var entitlement = try entitlement()
            entitlement.citizenNumber = number
            records.append(.entitlement(entitlement))
        }
        return records
    }
}

/// A directory that goes away with the test.
final class TemporaryDirectory: Sendable {
    let root: String

    init() throws {
        root = NSTemporaryDirectory() + "onecard-ledger-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
    }

    func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }
}
