import Crypto
import HubProtocol

/// What the file `current` says: which ledger is in use, and how that file looked when it was imported.
///
/// Text of seven lines, the last one an HMAC-SHA256 under a key of this station over the lines before.
struct CurrentLedger: Hashable, Sendable {
    /// Name of the database file.
    var fileName: String
    /// Generation of the ledger.
    var generation: Int64
    /// Size of the database file, bytes.
    var bytes: Int64
    /// SHA-256 of the database file.
    var fileHash: [UInt8]
    /// SHA-256 of the signed manifest.
    var manifestHash: [UInt8]

    /// Longest form, bytes.
    static let maximumBytes = 1024
    private static let title = "onecard-ledger-current v1"

    init(fileName: String, generation: Int64, bytes: Int64, fileHash: [UInt8], manifestHash: [UInt8]) {
        self.fileName = fileName
        self.generation = generation
        self.bytes = bytes
        self.fileHash = fileHash
        self.manifestHash = manifestHash
    }

    /// Reads and authenticates the text.
    ///
    /// - Throws: `ledger.key-unknown` when another storage key wrote it, `ledger.damaged` when it is not as it was written.
    init(bytes text: [UInt8], storageKey: StorageKey) throws(LedgerError) {
        let damaged = LedgerError(.damaged, "the file that names the ledger in use is not as it was written")
        guard text.count <= Self.maximumBytes, let string = String(validating: text, as: UTF8.self) else {
            throw damaged
        }
        let lines = string.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 9, lines[0] == Self.title, lines[8].isEmpty else { throw damaged }
        func value(_ line: Int, _ name: String) throws(LedgerError) -> String {
            guard lines[line].hasPrefix("\(name) ") else { throw damaged }
            return String(lines[line].dropFirst(name.count + 1))
        }
        guard try value(6, "storage-key") == String(storageKey.keyID) else {
            throw LedgerError(.keyUnknown, "the ledger was imported under another storage key")
        }
        let signedCount = text.count - lines[7].utf8.count - 1
        guard let code = Hex.bytes(try value(7, "mac"), count: 32),
            HMAC<SHA256>.isValidAuthenticationCode(
                code,
                authenticating: text.prefix(signedCount),
                using: Self.key(storageKey)
            ),
            LedgerFileName(text: try value(1, "file")) != nil,
            let generation = Int64(try value(2, "generation")),
            let size = Int64(try value(3, "bytes")),
            let fileHash = Hex.bytes(try value(4, "sha256"), count: 32),
            let manifestHash = Hex.bytes(try value(5, "manifest"), count: 32)
        else { throw damaged }
        self.init(
            fileName: try value(1, "file"),
            generation: generation,
            bytes: size,
            fileHash: fileHash,
            manifestHash: manifestHash
        )
    }

    /// The text.
    func bytes(storageKey: StorageKey) -> [UInt8] {
        let lines = """
            \(Self.title)
            file \(fileName)
            generation \(generation)
            bytes \(bytes)
            sha256 \(Hex.text(fileHash))
            manifest \(Hex.text(manifestHash))
            storage-key \(storageKey.keyID)

            """
        let code = HMAC<SHA256>.authenticationCode(for: Array(lines.utf8), using: Self.key(storageKey))
        return Array("\(lines)mac \(Hex.text(code))\n".utf8)
    }

    private static func key(_ storageKey: StorageKey) -> SymmetricKey {
        SymmetricKey(data: storageKey.derivedBytes(purpose: "ledger current 1"))
    }
}
