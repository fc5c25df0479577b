public import CivilIdentity
import Crypto

/// The secret that a group of stations shares: it opens ledger files and makes the keyed hashes of persons and cards.
public struct StationGroupKey: Sendable, CustomStringConvertible {
    /// Which key this is; stands in ledger files and in every keyed hash.
    public let keyID: UInt8
    /// Makes ``ResidentKey`` and ``CardKey`` values of this group.
    public let pseudonymKey: PseudonymKey
    private let secret: SymmetricKey

    /// Bytes of the secret.
    public static let secretBytes = 32

    /// A key from its secret.
    ///
    /// - Throws: `key.malformed` when the secret does not have 32 bytes.
    public init(keyID: UInt8, secret: [UInt8]) throws(HubProtocolError) {
        guard secret.count == Self.secretBytes else {
            throw HubProtocolError(.keyMalformed, "a station-group key must have \(Self.secretBytes) bytes")
        }
        self.keyID = keyID
        self.secret = SymmetricKey(data: secret)
        pseudonymKey = PseudonymKey(
            keyID: keyID,
            material: self.secret.derivedBytes(salt: [], label: Array("onecard station-group pseudonym 1\n".utf8))
        )
    }

    /// The AES-256 key of the pages of one ledger file.
    ///
    /// - Parameters:
    ///   - salt: 32 bytes, new for each file, from its manifest.
    ///   - generation: The file's generation, from its manifest.
    /// - Returns: The key, the same for the same arguments.
    func pageKey(salt: [UInt8], generation: Int64) -> SymmetricKey {
        var label = ByteWriter()
        label.append(Array("onecard ledger page 1\n".utf8))
        label.appendFixed(UInt64(bitPattern: generation))
        return SymmetricKey(data: secret.derivedBytes(salt: salt, label: label.bytes))
    }

    /// The id only.
    public var description: String { "StationGroupKey(\(keyID), redacted)" }
}
