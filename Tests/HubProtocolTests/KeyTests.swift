import CivilIdentity
import Crypto
import Testing

@testable import HubProtocol

@Suite struct KeyTests {
    @Test func derivationsAreGolden() throws {
        let group = try Sample.group(keyID: 3)
        #expect(group.pseudonymKey.residentKey(try Sample.elder()).description == "r3:938aba54768f5e66ae89506afe39b0b6")
        let page = group.pageKey(salt: Sample.salt, generation: 7)
        #expect(
            Hex.text(page.withUnsafeBytes { [UInt8]($0) })
                == "dec5417f6765d5c5bf158a504465dc1f925ecf81dd6a57d62e63017d2a9abc23"
        )
        let storage = try StorageKey(keyID: 1, secret: Sample.groupSecret)
        #expect(
            Hex.text(storage.derivedBytes(purpose: "test"))
                == "61f550ad1b27448b57a120ffb33e76c483352f0153767d1a2fe20d0fb3ed86cd"
        )
    }

    @Test func eachPurposeSaltAndGenerationGetsItsOwnKey() throws {
        let group = try Sample.group()
        let storage = try StorageKey(keyID: 1, secret: Sample.groupSecret)
        let keys = [
            group.pageKey(salt: Sample.salt, generation: 7).withUnsafeBytes { [UInt8]($0) },
            group.pageKey(salt: Sample.salt, generation: 8).withUnsafeBytes { [UInt8]($0) },
            group.pageKey(salt: Sample.hubSeed, generation: 7).withUnsafeBytes { [UInt8]($0) },
            storage.derivedBytes(purpose: "a"), storage.derivedBytes(purpose: "b"),
            storage.derivedBytes(purpose: "a", salt: Sample.salt),
        ]
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: [0, 31, 33]) func refusesSecretsOfOtherLengths(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        let attempts: [() throws -> Void] = [
            { _ = try StationGroupKey(keyID: 1, secret: bytes) }, { _ = try StorageKey(keyID: 1, secret: bytes) },
            { _ = try SigningKey(keyID: "k", seed: bytes) }, { _ = try VerificationKey(keyID: "k", bytes: bytes) },
        ]
        for attempt in attempts {
            let error = #expect(throws: HubProtocolError.self) { try attempt() }
            #expect(error?.code == .keyMalformed)
        }
    }

    @Test(arguments: ["", "Hub", "a b", String(repeating: "a", count: 65)]) func refusesOtherNames(name: String) {
        #expect(throws: HubProtocolError.self) { try SigningKey(keyID: name, seed: Sample.hubSeed) }
        #expect(throws: HubProtocolError.self) { try VerificationKey(keyID: name, bytes: Sample.hubSeed) }
    }

    @Test func publicKeysComeBackFromTheirBytes() throws {
        let signer = try Sample.hub()
        let key = try VerificationKey(keyID: "hub-1", bytes: signer.verificationKey.bytes)
        #expect(key.isValid(signature: try signer.signature(of: [1, 2, 3]), of: [1, 2, 3]))
        #expect(!key.isValid(signature: try signer.signature(of: [1, 2, 3]), of: [1, 2]))
        #expect(!key.isValid(signature: [], of: [1, 2]))
    }

    @Test func descriptionsHideSecrets() throws {
        var text = ""
        dump(try Sample.group(), to: &text)
        dump(try Sample.hub(), to: &text)
        dump(try StorageKey(keyID: 1, secret: Sample.groupSecret), to: &text)
        #expect(text.contains("redacted"))
        #expect(!text.contains("000102") && !text.contains("- 31"))
    }

    @Test func codesAreDistinct() {
        let codes = HubProtocolError.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
    }
}
