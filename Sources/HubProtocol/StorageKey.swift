import Crypto

/// The secret of one station, under which it seals what it stores.
public struct StorageKey: Sendable, CustomStringConvertible {
    /// Which key this is; stands beside what it sealed.
    public let keyID: UInt8
    private let secret: SymmetricKey

    /// Bytes of the secret.
    public static let secretBytes = 32

    /// A key from its secret.
    ///
    /// - Throws: `key.malformed` when the secret does not have 32 bytes.
    public init(keyID: UInt8, secret: [UInt8]) throws(HubProtocolError) {
        guard secret.count == Self.secretBytes else {
            throw HubProtocolError(.keyMalformed, "a storage key must have \(Self.secretBytes) bytes")
        }
        self.keyID = keyID
        self.secret = SymmetricKey(data: secret)
    }

    /// 32 bytes for one purpose (HKDF-SHA256).
    ///
    /// - Parameters:
    ///   - purpose: What they are for; each purpose gets other bytes.
    ///   - salt: Public bytes that make the result one of a kind, or none.
    /// - Returns: 32 bytes, the same for the same arguments.
    public func derivedBytes(purpose: String, salt: [UInt8] = []) -> [UInt8] {
        secret.derivedBytes(salt: salt, label: Array("onecard storage \(purpose)\n".utf8))
    }

    /// The id only.
    public var description: String { "StorageKey(\(keyID), redacted)" }
}
