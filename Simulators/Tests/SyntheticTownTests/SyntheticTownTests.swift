import CivilIdentity
import Foundation
import HubProtocol
import Personas
import SyntheticTown
import Testing

@Suite
struct SyntheticTownTests {
    private static let cards = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cards")
        .path

    private func plan(residents: Int = 4_000, seed: UInt64 = 1) throws -> TownPlan {
        TownPlan(
            residents: residents,
            seed: seed,
            division: try DivisionCode("440703001001"),
            asOf: try CivilDate(iso: "2026-03-14").secondsSince1970
        )
    }

    /// Writes a town and gives the bytes of its file.
    private func file(_ plan: TownPlan, in folder: TemporaryFolder, _ name: String) throws -> Data {
        let catalogue = try PersonaCatalogue(directory: Self.cards)
        let path = folder.path + "/" + name
        try TownFile.write(
            to: path,
            town: SyntheticTown(plan: plan, personas: catalogue.residents),
            generation: 1,
            fingerprint: catalogue.fingerprint,
            groupKey: StationGroupKey(keyID: 1, secret: [UInt8](repeating: 3, count: 32)),
            signingKey: SigningKey(keyID: "test", seed: [UInt8](repeating: 5, count: 32)),
            progress: { _ in }
        )
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    @Test
    func equalSeedsMakeEqualBytesAndOthersDoNot() throws {
        let folder = try TemporaryFolder()
        let first = try file(plan(residents: 300), in: folder, "first")
        #expect(first == (try file(plan(residents: 300), in: folder, "again")))
        #expect(first != (try file(plan(residents: 300, seed: 2), in: folder, "other")))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(left == ["again", "first", "other"], "no temporary file is left")
    }

    @Test
    func townHasTheSharesOfItsPlan() throws {
        let town = try SyntheticTown(plan: plan(), personas: [])
        var residents = 0
        var entitled: Set<CitizenNumber> = []
        var entitlements = 0
        var payments: Set<Int> = []
        try town.records { record in
            switch record {
            case .resident:
                residents += 1
            case .entitlement(let entitlement):
                entitlements += 1
                entitled.insert(entitlement.citizenNumber)
                payments.insert(entitlement.payments.count)
            case .source, .programme, .card:
                break
            }
        }
        #expect(residents == 4_000)
        #expect(abs(Double(entitled.count) / 4_000 - 0.125) < 0.02)
        #expect(abs(Double(entitlements) / Double(entitled.count) - 1.5) < 0.1)
        #expect(payments == [24])
    }

    @Test
    func everyNumberAndCardIsItsOwn() throws {
        let catalogue = try PersonaCatalogue(directory: Self.cards)
        var numbers: Set<CitizenNumber> = []
        var codes: Set<[UInt8]> = []
        var cardNumbers: Set<String> = []
        let town = try SyntheticTown(plan: plan(), personas: catalogue.residents)
        try town.records { record in
            switch record {
            case .resident(let resident):
                #expect(resident.citizenNumber.isSynthetic)
                #expect(resident.birthDate == resident.citizenNumber.birthDate)
                #expect(numbers.insert(resident.citizenNumber).inserted)
            case .card(let card):
                #expect(codes.insert(card.identificationCode).inserted)
                #expect(cardNumbers.insert(card.cardNumber).inserted)
                #expect(card.cardNumber.utf8.count <= 9)
            case .source, .programme, .entitlement:
                break
            }
        }
        #expect(numbers.count == 4_000 + catalogue.residents.count)
    }

    @Test
    func keysAreMadeOncePrivateAndMarkedAsDevelopment() throws {
        let folder = try TemporaryFolder()
        var random = SystemRandomNumberGenerator()
        let made = try DevelopmentKeys.make(in: folder.path + "/keys", using: &random)
        #expect(made.count == DevelopmentKeys.File.allCases.count)
        #expect(try DevelopmentKeys.make(in: folder.path + "/keys", using: &random).isEmpty)
        for file in DevelopmentKeys.File.allCases {
            let path = "\(folder.path)/keys/\(file.rawValue)"
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let words = try String(contentsOfFile: path, encoding: .utf8).split(separator: " ")
            #expect(words.count == 6 && words[0] == "onecard-key" && words[4] == "development")
        }
        let city = try DevelopmentKeys.city(in: folder.path + "/keys")
        let publicLine = try String(contentsOfFile: "\(folder.path)/keys/hub-signing.pub", encoding: .utf8)
        #expect(publicLine.contains(Data(city.signing.verificationKey.bytes).base64EncodedString()))
    }
}

/// A folder that is removed with its last owner.
private final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/town-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
