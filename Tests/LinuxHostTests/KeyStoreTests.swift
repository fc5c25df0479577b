import Foundation
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

    private func code(_ directory: String?) -> String {
        do {
            _ = try KeyStore(directory: directory, environment: [:])
            return "none"
        } catch {
            return FailureCode.of(error)
        }
    }

    @Test func allKeysAreReadAndDevelopmentIsTold() throws {
        try writeAll()
        #expect(try !KeyStore(directory: directory.path, environment: [:]).isDevelopment)
        #expect(try KeyStore(directory: nil, environment: ["CREDENTIALS_DIRECTORY": directory.path]).group.keyID == 1)
        try writeAll(use: "development")
        #expect(try KeyStore(directory: directory.path, environment: [:]).isDevelopment)
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
