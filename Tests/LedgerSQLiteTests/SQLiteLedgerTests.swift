import Benefits
import CivilIdentity
import Foundation
import GRDB
import HubProtocol
import Station
import Testing

@testable import LedgerSQLite

@Suite struct SQLiteLedgerTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func imported(generation: Int64 = 1, amount: Int64 = 65_000) async throws -> SQLiteLedger {
        let path = try LedgerSample.write(LedgerSample.records(amount: amount), to: directory, generation: generation)
        _ = try await LedgerSample.importer(directory).importFile(at: path)
        let ledger = try LedgerSample.ledger(directory)
        try ledger.switchToCurrent()
        return ledger
    }

    private func readElder(_ ledger: SQLiteLedger, revealing: Bool = false) throws -> LedgerReading {
        try ledger.read(
            card: LedgerSample.cardKey(LedgerSample.code(1)),
            resident: LedgerSample.residentKey(LedgerSample.elderNumber),
            revealing: revealing
        )
    }

    private func code(_ body: () throws -> Void) -> LedgerError.Code? {
        (#expect(throws: LedgerError.self) { try body() })?.code
    }

    @Test func withoutAnImportTheLedgerIsMissing() throws {
        let ledger = try LedgerSample.ledger(directory)
        #expect(code { try ledger.switchToCurrent() } == .missing)
        #expect(code { _ = try readElder(ledger) } == .missing)
        #expect(code { _ = try ledger.manifest() } == .missing)
    }

    @Test func everythingOfAPersonComesBack() async throws {
        let ledger = try await imported()
        let reading = try readElder(ledger, revealing: true)
        #expect(reading.residentKnown)
        #expect(reading.card?.status == .normal)
        #expect(reading.card?.residentKey == (try LedgerSample.residentKey(LedgerSample.elderNumber)))
        #expect(reading.card?.cardNumberKey == (try LedgerSample.group().pseudonymKey.cardNumberKey("K76543211")))
        #expect(reading.card?.expiresOn == (try CivilDate(year: 2028, month: 5, day: 20)))
        #expect(reading.cardsOfResident.map(\.status) == [.normal, .replaced])
        #expect(reading.identity?.citizenNumber == (try LedgerSample.elder()))
        #expect(reading.identity?.name.revealed == "欧阳测试甲")
        #expect(reading.view?.sources.map(\.source) == ["civil-affairs", "social-security"])
        #expect(reading.view?.sources.map(\.asOf) == [LedgerSample.asOf, LedgerSample.asOf - 60])
        #expect(reading.view?.programmes == [.undescribed(.dibao), .undescribed(.gaoling)])
        let expected = try [LedgerSample.entitlement(), LedgerSample.second()].map(Entitlement.init(record:))
        #expect(reading.view?.entitlements == expected)
    }

    @Test func withoutBeingAskedNoNameIsOpened() async throws {
        let ledger = try await imported()
        #expect(try readElder(ledger).identity == nil)
    }

    @Test func anOpenedIdentityDescribesItselfWithoutTheName() async throws {
        let identity = try #require(try readElder(await imported(), revealing: true).identity)
        #expect(identity.name.revealed == "欧阳测试甲")
        #expect("\(identity)".contains("欧") == false)
    }

    @Test func cardNumbersAreSealedInTheirPlace() async throws {
        _ = try await imported()
        let database = try DatabaseQueue(path: directory.path("ledger/ledger-1.sqlite"))
        let numbers = try await database.read { database in
            let salt = try Data.fetchOne(database, sql: "SELECT salt FROM meta")
            let seal = ColumnSeal(storageKey: try LedgerSample.storageKey(), salt: Array(salt ?? Data()))
            return try Row.fetchAll(database, sql: "SELECT id, sealed_number FROM cards ORDER BY id").map { row in
                let sealed: Data = row["sealed_number"]
                let bytes = try sealed.withUnsafeBytes { try seal.open($0, .cardNumber, row: row["id"]) }
                return String(decoding: bytes, as: UTF8.self)
            }
        }
        #expect(numbers == ["K76543211", "K76543212", "K76543213"])
    }

    @Test func unknownCardsAndPersonsAreNormalResults() async throws {
        let ledger = try await imported()
        let elder = try LedgerSample.residentKey(LedgerSample.elderNumber)
        let stranger = try LedgerSample.residentKey("999999198806120357")
        let unknownCard = try ledger.read(card: LedgerSample.cardKey(LedgerSample.code(9)), resident: elder)
        #expect(unknownCard.card == nil && unknownCard.residentKnown)
        let unknownPerson = try ledger.read(card: LedgerSample.cardKey(LedgerSample.code(3)), resident: stranger)
        #expect(unknownPerson.card?.status == .tempLost)
        #expect(!unknownPerson.residentKnown && unknownPerson.view == nil && unknownPerson.cardsOfResident.isEmpty)
    }

    @Test func aCardOfAnotherPersonTellsItsHolder() async throws {
        let ledger = try await imported()
        let reading = try ledger.read(
            card: LedgerSample.cardKey(LedgerSample.code(3)),
            resident: LedgerSample.residentKey(LedgerSample.elderNumber)
        )
        #expect(reading.card?.residentKey == (try LedgerSample.residentKey(LedgerSample.otherNumber)))
        #expect(!reading.cardsOfResident.contains { $0.key == reading.card?.key })
    }

    @Test func keysOfAnotherGroupFindNobody() async throws {
        let ledger = try await imported()
        let other = try LedgerSample.group(keyID: 2).pseudonymKey
        let reading = try ledger.read(
            card: other.cardKey(identificationCode: LedgerSample.code(1)),
            resident: other.residentKey(LedgerSample.elder())
        )
        #expect(reading.card == nil && !reading.residentKnown)
    }

    @Test func theStationPortSaysTheSame() async throws {
        let port = StationLedger(try await imported(generation: 3))
        let status = try await port.status()
        #expect(status.generation == 3 && status.residents == 2 && status.cards == 3)
        #expect(status.entitlements == 2 && status.payments == 24 && status.createdAt == LedgerSample.asOf)
        let lookup = try await port.lookup(
            card: LedgerSample.cardKey(LedgerSample.code(1)),
            resident: LedgerSample.residentKey(LedgerSample.elderNumber)
        )
        #expect(lookup.card?.status == .normal && lookup.residentKnown && lookup.cardsOfResident.count == 2)
        #expect(lookup.view?.entitlements.count == 2)
    }

    @Test(.timeLimit(.minutes(1))) func switchesWhileOthersRead() async throws {
        let ledger = try await imported(amount: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var last: Int64 = 0
                    while last < 6 {
                        let now = try #require(try readElder(ledger).view?.entitlements.first?.amount?.amount.fen)
                        #expect(now >= last)
                        last = now
                        await Task.yield()
                    }
                }
            }
            for generation in Int64(2)...6 {
                let records = try LedgerSample.records(amount: generation)
                let path = try LedgerSample.write(records, to: directory, generation: generation)
                _ = try await LedgerSample.importer(directory).importFile(at: path)
                #expect(try ledger.switchToCurrent() == generation)
            }
            try await group.waitForAll()
        }
    }

    @Test func aWholeLedgerPassesTheFullCheck() async throws {
        #expect(try await imported(generation: 2).checkIntegrity() == 2)
    }
}

extension Entitlement {
    init(record: EntitlementRecord) {
        self.init(
            id: record.id,
            programme: record.programme,
            state: record.state,
            amount: record.amount,
            from: record.from,
            to: record.to,
            taperMonthsLeft: record.taperMonthsLeft,
            source: record.source,
            payments: record.payments.map {
                Payment(
                    month: $0.month,
                    instalment: $0.instalment,
                    amount: $0.amount,
                    state: $0.state,
                    dueOn: $0.dueOn,
                    creditedOn: $0.creditedOn,
                    returnedReason: $0.returnedReason,
                    accountLastFour: $0.accountLastFour
                )
            }
        )
    }
}
