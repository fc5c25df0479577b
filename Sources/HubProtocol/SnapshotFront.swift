import Crypto

/// What stands in front of the pages of a ledger file: the signed manifest.
public struct SnapshotFront: Hashable, Sendable {
    /// Name of the city's key that signed.
    public let signingKeyID: String
    /// The manifest as it was signed.
    public let manifestBytes: [UInt8]
    /// Ed25519 over everything before it.
    public let signature: [UInt8]

    /// Bytes of the shortest part from which the length of the rest can be told: magic and length of the key's name.
    static let startBytes = SnapshotFormat.magic.count + 1
    /// Longest front, bytes.
    public static let maximumBytes =
        startBytes + KeyName.maximumBytes + 4 + SnapshotFormat.maximumManifestBytes + SigningKey.signatureBytes

    /// Signs a manifest.
    ///
    /// - Throws: `ledger.format` or `ledger.too-large` when the manifest is out of bounds; `key.malformed`.
    init(manifest: SnapshotManifest, signedBy key: SigningKey) throws(HubProtocolError) {
        signingKeyID = key.keyID
        manifestBytes = try manifest.encoded()
        signature = try key.signature(of: Self.signedBytes(keyID: signingKeyID, manifest: manifestBytes))
    }

    /// Reads a whole front; the signature is not verified.
    ///
    /// - Throws: `ledger.format`, `ledger.too-large` or `ledger.truncated`.
    public init(bytes: [UInt8]) throws {
        var rest = bytes[...]
        try self.init { count in
            guard count <= rest.count else { throw HubProtocolError(.ledgerTruncated, "the front ends too early") }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        guard rest.isEmpty else { throw HubProtocolError(.ledgerFormat, "something follows the front") }
    }

    /// Reads a front piece by piece; the signature is not verified.
    ///
    /// - Parameter read: Returns exactly so many bytes, or throws.
    /// - Throws: `ledger.format` or `ledger.too-large`, and what reading throws.
    init(read: (Int) throws -> [UInt8]) throws {
        let start = try read(Self.startBytes)
        guard start.starts(with: SnapshotFormat.magic), let nameLength = start.last else {
            throw HubProtocolError(.ledgerFormat, "this is not a ledger file")
        }
        let name = try read(Int(nameLength))
        guard KeyName.isValid(name) else {
            throw HubProtocolError(.ledgerFormat, "the name of the signing key has other characters")
        }
        signingKeyID = String(decoding: name, as: UTF8.self)
        var length = ByteReader(try read(4), code: .ledgerFormat)
        let count = Int(try length.fixed(UInt32.self))
        guard (1...SnapshotFormat.maximumManifestBytes).contains(count) else {
            throw HubProtocolError(.ledgerTooLarge, "the manifest is empty or larger than the limit")
        }
        manifestBytes = try read(count)
        signature = try read(SigningKey.signatureBytes)
    }

    /// The front as it stands in the file.
    public var bytes: [UInt8] { Self.signedBytes(keyID: signingKeyID, manifest: manifestBytes) + signature }

    /// SHA-256 over the manifest: names the ledger file.
    public var manifestHash: [UInt8] { [UInt8](SHA256.hash(data: manifestBytes)) }

    /// The manifest, after its signature was verified.
    ///
    /// - Parameter hubKeys: The city's keys that this station trusts.
    /// - Returns: What the file is.
    /// - Throws: `ledger.key-unknown` or `ledger.signature`; then, of a signed manifest, `ledger.format` or
    ///   `ledger.too-large`.
    public func verifiedManifest(hubKeys: VerificationKeys) throws(HubProtocolError) -> SnapshotManifest {
        guard let key = hubKeys[signingKeyID] else {
            throw HubProtocolError(.ledgerKeyUnknown, "the ledger file is signed by a key unknown here")
        }
        let signed = Self.signedBytes(keyID: signingKeyID, manifest: manifestBytes)
        guard key.isValid(signature: signature, of: signed) else {
            throw HubProtocolError(.ledgerSignature, "the signature of the ledger file's manifest does not hold")
        }
        return try SnapshotManifest(canonical: manifestBytes)
    }

    /// Magic, the key's name after one byte of length, the manifest after four bytes of length.
    private static func signedBytes(keyID: String, manifest: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(SnapshotFormat.magic)
        writer.appendShortText(keyID)
        writer.appendFixed(UInt32(truncatingIfNeeded: manifest.count))
        writer.append(manifest)
        return writer.bytes
    }
}
