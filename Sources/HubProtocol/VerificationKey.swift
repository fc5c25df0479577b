import Crypto

/// An Ed25519 public key.
public struct VerificationKey: Sendable, CustomStringConvertible {
    /// The name of the key.
    public let keyID: String
    private let key: Curve25519.Signing.PublicKey

    init(keyID: String, key: Curve25519.Signing.PublicKey) {
        self.keyID = keyID
        self.key = key
    }

    /// A public key from its 32 bytes.
    ///
    /// - Throws: `key.malformed`.
    public init(keyID: String, bytes: [UInt8]) throws(HubProtocolError) {
        guard KeyName.isValid(keyID.utf8) else {
            throw HubProtocolError(.keyMalformed, "the name of a public key has other characters than a-z 0-9 . -")
        }
        self.keyID = keyID
        do {
            key = try Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        } catch {
            throw HubProtocolError(.keyMalformed, "a public key must have 32 bytes", cause: error)
        }
    }

    /// The key's 32 bytes.
    public var bytes: [UInt8] { [UInt8](key.rawRepresentation) }

    /// Whether a signature is this key's over these bytes.
    public func isValid(signature: [UInt8], of bytes: [UInt8]) -> Bool {
        key.isValidSignature(signature, for: bytes)
    }

    /// The name only.
    public var description: String { "VerificationKey(\(keyID))" }
}
