import Foundation
import Glibc
public import HubProtocol

/// The keys of a development station and its simulated city, one file each.
///
/// One line a file: `onecard-key v1 <kind> <key id> development <base64>`.
public enum DevelopmentKeys: Sendable {
    /// The files.
    public enum File: String, Sendable, CaseIterable {
        /// Opens ledger pages and makes keyed hashes.
        case group = "station-group.key"
        /// Signs ledger files; a real city never gives it away.
        case hubPrivate = "hub-signing.key"
        /// Checks ledger files.
        case hubPublic = "hub-signing.pub"
        /// Signs the journal.
        case station = "station-signing.key"
        /// Seals stored values.
        case storage = "storage.key"

        var kind: String {
            switch self {
            case .group: "station-group"
            case .hubPrivate: "hub-signing-private"
            case .hubPublic: "hub-signing-public"
            case .station: "station-signing"
            case .storage: "storage"
            }
        }

        var keyID: String {
            switch self {
            case .group, .storage: "1"
            case .hubPrivate, .hubPublic: "development-hub-1"
            case .station: "development-station-1"
            }
        }
    }

    /// Bytes of each key.
    private static let keyBytes = 32
    /// The longest key file, bytes.
    private static let fileBytesMax = 512

    /// Makes the files that are missing; keeps those that stand.
    ///
    /// - Parameters:
    ///   - directory: made if missing, open to this user only.
    ///   - generator: a source fit for secrets.
    /// - Returns: names of the files that were made.
    /// - Throws: `HubProtocolError`; errors of the file system.
    public static func make(in directory: String, using generator: inout some RandomNumberGenerator) throws -> [String]
    {
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        var made: [String] = []
        for file in File.allCases where file != .hubPublic && !exists(file, directory) {
            try write((0..<keyBytes).map { _ in UInt8.random(in: 0...255, using: &generator) }, file, directory)
            made.append(file.rawValue)
        }
        // The public key always follows the private one.
        let seed = try read(.hubPrivate, directory)
        let key = try SigningKey(keyID: File.hubPrivate.keyID, seed: seed)
        if !exists(.hubPublic, directory) || made.contains(File.hubPrivate.rawValue) {
            unlink("\(directory)/\(File.hubPublic.rawValue)")
            try write(key.verificationKey.bytes, .hubPublic, directory)
            made.append(File.hubPublic.rawValue)
        }
        return made
    }

    /// Reads what a simulated city needs to make ledger files.
    ///
    /// - Throws: `HubProtocolError`; errors of the file system.
    public static func city(in directory: String) throws -> (group: StationGroupKey, signing: SigningKey) {
        let group = try StationGroupKey(keyID: 1, secret: read(.group, directory))
        let signing = try SigningKey(keyID: File.hubPrivate.keyID, seed: read(.hubPrivate, directory))
        return (group, signing)
    }

    private static func exists(_ file: File, _ directory: String) -> Bool {
        access("\(directory)/\(file.rawValue)", F_OK) == 0
    }

    private static func write(_ key: [UInt8], _ file: File, _ directory: String) throws {
        let line = "onecard-key v1 \(file.kind) \(file.keyID) development \(Data(key).base64EncodedString())\n"
        let target = try ScratchFile(path: "\(directory)/.\(file.rawValue).part")
        try Array(line.utf8).withUnsafeBytes { try target.append($0) }
        try target.rename(to: "\(directory)/\(file.rawValue)")
    }

    /// Bytes of a key file of the right kind.
    private static func read(_ file: File, _ directory: String) throws -> [UInt8] {
        let path = "\(directory)/\(file.rawValue)"
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: path])
        }
        defer { try? handle.close() }
        let content = try handle.read(upToCount: fileBytesMax + 1) ?? Data()
        let words = String(decoding: content, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
        guard content.count <= fileBytesMax, words.count == 6, words[0] == "onecard-key", words[1] == "v1",
            words[2] == file.kind, words[3] == file.keyID, words[4] == "development",
            let key = Data(base64Encoded: words[5])
        else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: path])
        }
        return Array(key)
    }
}
