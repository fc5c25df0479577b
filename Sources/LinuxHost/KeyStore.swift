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
    ///   - acceptsDevelopment: whether keys of development are good enough: in a simulated station only.
    /// - Throws: `key.missing`, `key.permissions`, `key.malformed`, `key.development`.
    package init(directory: String?, environment: [String: String], acceptsDevelopment: Bool) throws {
        let credentials = environment["CREDENTIALS_DIRECTORY"]
        guard let directory = directory ?? credentials else {
            throw StationError(.keyMissing, "station.yaml names no key directory and the service manager gave none")
        }
        func read(_ file: File) throws(StationError) -> KeyFile {
            try KeyFile(directory: directory, file: file, isCredential: directory == credentials)
        }
        let group = try read(.group)
        let hub = try read(.hub)
        let station = try read(.station)
        let storage = try read(.storage)
        self.group = try StationGroupKey(keyID: group.numericID, secret: group.bytes)
        self.hub = VerificationKeys([try VerificationKey(keyID: hub.keyID, bytes: hub.bytes)])
        self.station = try SigningKey(keyID: station.keyID, seed: station.bytes)
        self.storage = try StorageKey(keyID: storage.numericID, secret: storage.bytes)
        isDevelopment = [group, hub, station, storage].contains(where: \.isDevelopment)
        if isDevelopment, !acceptsDevelopment {
            throw StationError(.keyDevelopment, "development keys are only accepted with `simulated: true`")
        }
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

    init(directory: String, file: KeyStore.File, isCredential: Bool) throws(StationError) {
        self.file = file
        let text = try Self.read("\(directory)/\(file.rawValue)", file, isCredential: isCredential)
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

    /// Whether nobody but its owner, root and the service can read or change a file of that owner and mode.
    ///
    /// A service manager that runs the service as another user may hand a credential over as root's file with mode 0440
    /// and an access list: the bits of the group are then the mask of that list, which names the service's user alone.
    static func isPrivate(_ file: KeyStore.File, owner: uid_t, mode: mode_t, isCredential: Bool) -> Bool {
        guard owner == geteuid() || owner == 0 else { return false }
        if file == .hub { return mode & 0o022 == 0 }
        return mode & (isCredential && owner == 0 ? 0o037 : 0o077) == 0
    }

    private static func read(
        _ path: String,
        _ file: KeyStore.File,
        isCredential: Bool
    ) throws(StationError) -> String {
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
        guard isPrivate(file, owner: status.st_uid, mode: status.st_mode, isCredential: isCredential) else {
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
