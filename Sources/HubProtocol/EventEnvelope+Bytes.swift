extension EventEnvelope {
    private static let magic = Array("OCEV".utf8)

    /// What is signed: every field, numbers little-endian, every text and the payload after its length.
    public var signedBytes: [UInt8] {
        var writer = ByteWriter()
        writer.append(Self.magic)
        writer.append(Self.formatVersion)
        writer.appendShortText(station.rawValue)
        writer.appendFixed(UInt64(bitPattern: sequence))
        writer.append(previousHash)
        writer.appendFixed(UInt64(bitPattern: clock.milliseconds))
        writer.appendFixed(clock.counter)
        writer.appendShortText(kind)
        writer.appendShortText(keyID)
        writer.appendFixed(UInt32(truncatingIfNeeded: payload.count))
        writer.append(payload)
        return writer.bytes
    }

    /// The whole envelope: ``signedBytes`` and the signature.
    public var bytes: [UInt8] { signedBytes + signature }

    /// Longest byte form.
    public static let maximumBytes =
        4 + 1 + (1 + StationID.maximumBytes) + 8 + hashBytes + 8 + 4 + (1 + maximumKindBytes)
        + (1 + KeyName.maximumBytes) + 4 + CanonicalJSON.Limits.event.bytes + SigningKey.signatureBytes

    /// Reads the byte form; the form is checked, the signature is not.
    ///
    /// - Parameter bytes: The whole envelope and nothing else.
    /// - Throws: `envelope.malformed`.
    public init(bytes: [UInt8]) throws(HubProtocolError) {
        guard bytes.count <= Self.maximumBytes else { throw Self.malformed("the envelope is too long") }
        var reader = ByteReader(bytes, code: .envelopeMalformed)
        guard try reader.bytes(count: 4) == Self.magic, try reader.byte() == Self.formatVersion else {
            throw Self.malformed("this is not an event envelope of version \(Self.formatVersion)")
        }
        guard let station = StationID(rawValue: try reader.shortText()) else {
            throw Self.malformed("the station's name has other characters")
        }
        let sequence = Int64(bitPattern: try reader.fixed(UInt64.self))
        let previousHash = try reader.bytes(count: Self.hashBytes)
        let milliseconds = Int64(bitPattern: try reader.fixed(UInt64.self))
        guard let clock = HybridLogicalClock(milliseconds: milliseconds, counter: try reader.fixed(UInt32.self)) else {
            throw Self.malformed("the clock is out of bounds")
        }
        let kind = try reader.shortText()
        let keyID = try reader.shortText()
        let payload = try reader.bytes(count: Int(try reader.fixed(UInt32.self)))
        let signature = try reader.bytes(count: SigningKey.signatureBytes)
        guard reader.isAtEnd else { throw Self.malformed("something follows the signature") }
        try self.init(
            station: station,
            sequence: sequence,
            previousHash: previousHash,
            clock: clock,
            kind: kind,
            keyID: keyID,
            payload: payload,
            signature: signature
        )
    }
}
