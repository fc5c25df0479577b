import Crypto

/// An Ed25519 key that signs, of the city (ledger files) or of a station (events).
public struct SigningKey: Sendable, CustomStringConvertible {
    /// The name under which others know the public key: 1 to 64 of `a-z 0-9 . -`.
    public let keyID: String
    private let key: Curve25519.Signing.PrivateKey

    /// Bytes of a private key.
    public static let seedBytes = 32
    /// Bytes of a signature.
    public static let signatureBytes = 64

    /// A key from its 32 bytes.
    ///
    /// - Throws: `key.malformed`.
    public init(keyID: String, seed: [UInt8]) throws(HubProtocolError) {
        guard KeyName.isValid(keyID.utf8) else {
            throw HubProtocolError(.keyMalformed, "the name of a signing key has other characters than a-z 0-9 . -")
        }
        self.keyID = keyID
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        } catch {
            throw HubProtocolError(.keyMalformed, "a signing key must have \(Self.seedBytes) bytes", cause: error)
        }
    }

    /// The key with which others check this key's signatures.
    public var verificationKey: VerificationKey {
        VerificationKey(keyID: keyID, key: key.publicKey)
    }

    /// Signs bytes (RFC 8032, Ed25519).
    ///
    /// - Returns: 64 bytes.
    /// - Throws: `key.malformed` when the library refuses the key.
    public func signature(of bytes: [UInt8]) throws(HubProtocolError) -> [UInt8] {
        do {
            return [UInt8](try key.signature(for: bytes))
        } catch {
            throw HubProtocolError(.keyMalformed, "a signing key could not sign", cause: error)
        }
    }

    /// The name only.
    public var description: String { "SigningKey(\(keyID), redacted)" }
}
