import Foundation
import Glibc
import HubProtocol
import Station
import Testing

@testable import LinuxHost

@Suite struct KeyStoreTests {
    private let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
        "oc-keys-\(UUID().uuidString)"
    )

    private func write(_ file: KeyStore.File, _ text: String, mode: Int = 0o600) throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let url = directory.appendingPathComponent(file.rawValue)
        try Data(text.utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
    }

    private func writeAll(use: String = "production") throws {
        let secret = Data(repeating: 9, count: 32).base64EncodedString()
        try write(.group, "onecard-key v1 station-group 1 \(use) \(secret)\n")
        try write(.hub, "onecard-key v1 hub-signing-public hub-1 production \(secret)\n", mode: 0o644)
        try write(.station, "onecard-key v1 station-signing station-1 production \(secret)\n")
        try write(.storage, "onecard-key v1 storage 3 production \(secret)\n")
    }

    private func store(
        _ directory: String?,
        environment: [String: String] = [:],
        acceptsDevelopment: Bool = false
    ) throws -> KeyStore {
        try KeyStore(directory: directory, environment: environment, acceptsDevelopment: acceptsDevelopment)
    }

    private func code(_ directory: String?) -> String {
        do {
            _ = try store(directory)
            return "none"
        } catch {
            return FailureCode.of(error)
        }
    }

    @Test func allKeysAreReadAndDevelopmentIsTold() throws {
        try writeAll()
        #expect(try !store(directory.path, acceptsDevelopment: true).isDevelopment)
        #expect(try store(nil, environment: ["CREDENTIALS_DIRECTORY": directory.path]).group.keyID == 1)
        try writeAll(use: "development")
        #expect(try store(directory.path, acceptsDevelopment: true).isDevelopment)
    }

    @Test func developmentKeysAreRefusedWhereNothingIsSimulated() throws {
        try writeAll(use: "development")
        #expect(code(directory.path) == "key.development")
    }

    @Test(arguments: [
        (KeyStore.File.storage, "own", 0o600, false, true), (.storage, "own", 0o440, true, geteuid() == 0),
        (.storage, "root", 0o600, false, true), (.storage, "root", 0o440, false, false),
        (.storage, "root", 0o440, true, true), (.storage, "root", 0o400, true, true),
        (.storage, "root", 0o460, true, false), (.storage, "root", 0o444, true, false),
        (.storage, "other", 0o600, true, false), (.hub, "root", 0o644, false, true), (.hub, "own", 0o664, false, false),
        (.hub, "other", 0o644, false, false),
    ])
    func aKeyFileIsPrivateByOwnerAndMode(
        file: KeyStore.File,
        owner: String,
        mode: mode_t,
        isCredential: Bool,
        isPrivate: Bool
    ) {
        let number: uid_t =
            switch owner {
            case "own": geteuid()
            case "root": 0
            default: geteuid() &+ 1
            }
        #expect(
            KeyFile.isPrivate(file, owner: number, mode: S_IFREG | mode, isCredential: isCredential) == isPrivate,
            "\(file) of \(owner) with mode \(String(mode, radix: 8))"
        )
    }

    @Test(.enabled(if: geteuid() == 0, "only root owns what a service manager hands over"))
    func aCredentialWithAnAccessListIsRead() throws {
        try writeAll()
        let secret = Data(repeating: 9, count: 32).base64EncodedString()
        try write(.storage, "onecard-key v1 storage 3 production \(secret)\n", mode: 0o440)
        #expect(try store(nil, environment: ["CREDENTIALS_DIRECTORY": directory.path]).storage.keyID == 3)
        #expect(code(directory.path) == "key.permissions")
    }

    @Test func aMissingKeyIsSaid() throws {
        try writeAll()
        try FileManager.default.removeItem(at: directory.appendingPathComponent("storage.key"))
        #expect(code(directory.path) == "key.missing")
        #expect(code(nil) == "key.missing")
    }

    @Test func aKeyThatOthersCouldReadIsRefused() throws {
        try writeAll()
        try write(.group, "onecard-key v1 station-group 1 production AAAA\n", mode: 0o644)
        #expect(code(directory.path) == "key.permissions")
    }

    @Test(arguments: [
        "", "onecard-key v2 storage 3 production AAAA", "onecard-key v1 station-group 3 production AAAA",
        "onecard-key v1 storage 3 other AAAA", "onecard-key v1 storage 3 production !!", "onecard-key v1 storage 3",
        "onecard-key v1 storage 300 production CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=",
        "onecard-key v1 storage 3 production AAAA",
    ])
    func aKeyFileOfOtherContentIsRefused(text: String) throws {
        try writeAll()
        try write(.storage, text)
        #expect(code(directory.path) == "key.malformed")
    }
}
