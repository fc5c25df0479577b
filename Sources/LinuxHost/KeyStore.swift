import Foundation
import Glibc
package import HubProtocol
import Station

/// The keys of a station, read from files or from the service manager's credentials.
package struct KeyStore: Sendable {
    /// Opens ledger pages, makes the keyed hashes.
    package let group: StationGroupKey
    /// Checks ledger files.
    package let hub: VerificationKeys
    /// Signs rows of the journal.
    package let station: SigningKey
    /// Seals stored values.
    package let storage: StorageKey
    /// Whether any of them is of development.
    package let isDevelopment: Bool

    /// Names of the files.
    package enum File: String, Sendable, CaseIterable {
        case group = "station-group.key"
        case hub = "hub-signing.pub"
        case station = "station-signing.key"
        case storage = "storage.key"

        var kind: String {
            switch self {
            case .group: "station-group"
            case .hub: "hub-signing-public"
            case .station: "station-signing"
            case .storage: "storage"
            }
        }
    }

    /// Reads all keys.
    ///
    /// - Parameters:
    ///   - directory: from station.yaml; nil takes `$CREDENTIALS_DIRECTORY`.
    ///   - environment: of the process.
    /// - Throws: `key.missing`, `key.permissions`, `key.malformed`.
    package init(directory: String?, environment: [String: String]) throws {
        guard let directory = directory ?? environment["CREDENTIALS_DIRECTORY"] else {
            throw StationError(.keyMissing, "station.yaml names no key directory and the service manager gave none")
        }
        let group = try KeyFile(directory: directory, file: .group)
        let hub = try KeyFile(directory: directory, file: .hub)
        let station = try KeyFile(directory: directory, file: .station)
        let storage = try KeyFile(directory: directory, file: .storage)
        self.group = try StationGroupKey(keyID: group.numericID, secret: group.bytes)
        self.hub = VerificationKeys([try VerificationKey(keyID: hub.keyID, bytes: hub.bytes)])
        self.station = try SigningKey(keyID: station.keyID, seed: station.bytes)
        self.storage = try StorageKey(keyID: storage.numericID, secret: storage.bytes)
        isDevelopment = [group, hub, station, storage].contains(where: \.isDevelopment)
    }
}

/// One line: `onecard-key v1 <kind> <key id> <development|production> <base64>`.
struct KeyFile {
    /// Longest file, in bytes.
    static let lengthMax = 512

    let keyID: String
    let isDevelopment: Bool
    let bytes: [UInt8]
    private let file: KeyStore.File

    init(directory: String, file: KeyStore.File) throws(StationError) {
        self.file = file
        let text = try Self.read("\(directory)/\(file.rawValue)", file)
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard
            words.count == 6, words[0] == "onecard-key", words[1] == "v1", words[2] == file.kind,
            words[4] == "development" || words[4] == "production", let data = Data(base64Encoded: words[5])
        else { throw StationError(.keyMalformed, "\(file.rawValue) is not a key file of kind \(file.kind)") }
        keyID = words[3]
        isDevelopment = words[4] == "development"
        bytes = [UInt8](data)
    }

    /// The key's number, for keys that stand beside what they made.
    var numericID: UInt8 {
        get throws(StationError) {
            guard let number = UInt8(keyID) else {
                throw StationError(.keyMalformed, "the id of \(file.rawValue) is no number from 0 to 255")
            }
            return number
        }
    }

    private static func read(_ path: String, _ file: KeyStore.File) throws(StationError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == EACCES { throw StationError(.keyPermissions, "\(file.rawValue) may not be read by this user") }
            throw StationError(.keyMissing, "\(file.rawValue) is not there")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw StationError(.keyMalformed, "\(file.rawValue) is not a file")
        }
        let open: mode_t = file == .hub ? 0o022 : 0o077
        guard status.st_mode & open == 0, status.st_uid == geteuid() || status.st_uid == 0 else {
            throw StationError(.keyPermissions, "\(file.rawValue) is open to other users; it must have mode 0600")
        }
        var buffer = [UInt8](repeating: 0, count: lengthMax + 1)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count > 0, count <= lengthMax, let text = String(validating: buffer[..<count], as: UTF8.self) else {
            throw StationError(.keyMalformed, "\(file.rawValue) is no key file")
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
