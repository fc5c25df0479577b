import Crypto

/// One event as a station writes it down and later sends it: what happened, its place in the chain, and a signature.
///
/// The hash of each envelope stands in the next one, so that a changed, missing or moved event shows
/// (Documentation/Journal.md has the byte form).
public struct EventEnvelope: Hashable, Sendable {
    /// The station that wrote it.
    public let station: StationID
    /// Place in the chain, from 1, without gaps.
    public let sequence: Int64
    /// Hash of the envelope before; 32 zero bytes in the first.
    public let previousHash: [UInt8]
    /// When, in an order that never goes back.
    public let clock: HybridLogicalClock
    /// What happened: 1 to 64 letters and digits, such as `CardInserted`.
    public let kind: String
    /// Which key signed.
    public let keyID: String
    /// The facts: one canonical JSON object of at most 16 KiB, without data of persons.
    public let payload: [UInt8]
    /// Ed25519 over ``signedBytes``, 64 bytes.
    public let signature: [UInt8]

    /// Version of the byte form.
    public static let formatVersion: UInt8 = 1
    /// Bytes of a hash.
    public static let hashBytes = 32
    /// What the first envelope has as ``previousHash``.
    public static let firstPreviousHash = [UInt8](repeating: 0, count: hashBytes)
    /// Longest kind, bytes.
    public static let maximumKindBytes = 64

    /// An envelope read from somewhere; the form is checked, the signature is not.
    ///
    /// - Throws: `envelope.malformed`.
    public init(
        station: StationID,
        sequence: Int64,
        previousHash: [UInt8],
        clock: HybridLogicalClock,
        kind: String,
        keyID: String,
        payload: [UInt8],
        signature: [UInt8]
    ) throws(HubProtocolError) {
        guard sequence > 0 else { throw Self.malformed("the sequence must be at least 1") }
        guard previousHash.count == Self.hashBytes else { throw Self.malformed("the previous hash must have 32 bytes") }
        guard (sequence == 1) == (previousHash == Self.firstPreviousHash) else {
            throw Self.malformed("the first event and no other has a previous hash of zeros")
        }
        guard Self.isKind(kind.utf8) else { throw Self.malformed("the kind must be 1 to 64 letters and digits") }
        guard KeyName.isValid(keyID.utf8) else { throw Self.malformed("the key's name has other characters") }
        guard signature.count == SigningKey.signatureBytes else {
            throw Self.malformed("the signature must have 64 bytes")
        }
        do {
            guard case .object = try CanonicalJSON(canonical: payload, limits: .event) else {
                throw Self.malformed("the payload must be an object")
            }
        } catch let error as CanonicalJSONError {
            throw Self.malformed("the payload is \(error)")
        } catch let error as HubProtocolError {
            throw error
        } catch {
            throw Self.malformed("the payload cannot be read")
        }
        self.station = station
        self.sequence = sequence
        self.previousHash = previousHash
        self.clock = clock
        self.kind = kind
        self.keyID = keyID
        self.payload = payload
        self.signature = signature
    }

    /// A new envelope, signed.
    ///
    /// - Parameters:
    ///   - station: The station.
    ///   - sequence: Place in the chain.
    ///   - previousHash: Hash of the envelope before.
    ///   - clock: When.
    ///   - kind: What happened.
    ///   - payload: The facts, an object.
    ///   - key: The station's key.
    /// - Returns: The envelope with its signature.
    /// - Throws: `envelope.malformed` when a field is out of bounds, `key.malformed` when the key cannot sign.
    public static func signed(
        station: StationID,
        sequence: Int64,
        previousHash: [UInt8],
        clock: HybridLogicalClock,
        kind: String,
        payload: CanonicalJSON,
        by key: SigningKey
    ) throws(HubProtocolError) -> EventEnvelope {
        let bytes: [UInt8]
        do {
            bytes = try payload.encoded(limits: .event)
        } catch {
            throw malformed("the payload has no canonical form: \(error.reason.rawValue)")
        }
        let unsigned = try EventEnvelope(
            station: station,
            sequence: sequence,
            previousHash: previousHash,
            clock: clock,
            kind: kind,
            keyID: key.keyID,
            payload: bytes,
            signature: [UInt8](repeating: 0, count: SigningKey.signatureBytes)
        )
        return EventEnvelope(unsigned, signature: try key.signature(of: unsigned.signedBytes))
    }

    private init(_ unsigned: EventEnvelope, signature: [UInt8]) {
        station = unsigned.station
        sequence = unsigned.sequence
        previousHash = unsigned.previousHash
        clock = unsigned.clock
        kind = unsigned.kind
        keyID = unsigned.keyID
        payload = unsigned.payload
        self.signature = signature
    }

    /// SHA-256 over ``signedBytes`` and the signature: what the next envelope carries.
    public var hash: [UInt8] {
        var hash = SHA256()
        hash.update(data: signedBytes)
        hash.update(data: signature)
        return [UInt8](hash.finalize())
    }

    /// Whether the signature is the key's over this envelope.
    public func isSigned(by key: VerificationKey) -> Bool {
        key.keyID == keyID && key.isValid(signature: signature, of: signedBytes)
    }

    /// The place of this envelope as the head of a journal.
    public var head: JournalHead { JournalHead(station: station, sequence: sequence, hash: hash) }

    static func isKind(_ text: some Collection<UInt8>) -> Bool {
        (1...maximumKindBytes).contains(text.count)
            && text.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: false
                }
            }
    }

    static func malformed(_ message: String, fileID: String = #fileID, line: Int = #line) -> HubProtocolError {
        HubProtocolError(.envelopeMalformed, message, fileID: fileID, line: line)
    }
}
