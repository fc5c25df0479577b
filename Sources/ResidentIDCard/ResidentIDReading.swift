/// What one reading of a document gave.
public struct ResidentIDReading: Hashable, Sendable {
    /// The text block, decoded.
    public var document: IdentityDocument

    /// The photo, packed by a method that is not published; nil if the document has none.
    public var photo: OpaqueBytes?

    /// The fingerprints; nil if they were not asked for or the document has none.
    public var fingerprint: OpaqueBytes?

    /// The appended addresses; nil if they were not asked for or could not be read.
    public var appendedAddresses: AppendedAddresses?

    /// Makes a reading.
    ///
    /// - Parameters:
    ///   - document: The text block, decoded.
    ///   - photo: The photo.
    ///   - fingerprint: The fingerprints.
    ///   - appendedAddresses: The appended addresses.
    public init(
        document: IdentityDocument,
        photo: OpaqueBytes? = nil,
        fingerprint: OpaqueBytes? = nil,
        appendedAddresses: AppendedAddresses? = nil
    ) {
        self.document = document
        self.photo = photo
        self.fingerprint = fingerprint
        self.appendedAddresses = appendedAddresses
    }

    /// Takes the answer to a read apart.
    ///
    /// - Parameters:
    ///   - data: What follows the status.
    ///   - command: ``SAMVCommand/read`` or ``SAMVCommand/readFingerprint``.
    /// - Throws: ``ResidentIDError`` with `id.frame-malformed`.
    init(_ data: ArraySlice<UInt8>, _ command: SAMVCommand) throws(ResidentIDError) {
        let payload = try DocumentPayload(data, command)
        var decoder = IdentityDecoder(Array(payload.text))
        document = decoder.decode()
        photo = payload.photo.isEmpty ? nil : OpaqueBytes(payload.photo)
        fingerprint = payload.fingerprint.isEmpty ? nil : OpaqueBytes(payload.fingerprint)
    }
}

extension ResidentIDReading: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The description of the document, redacted, and the count of photo bytes.
    public var description: String { "\(document), photo of \(photo?.count ?? 0) bytes" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
