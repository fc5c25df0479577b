/// The content of the answer to a read: text block, photo and perhaps fingerprints (PROTOCOLS.md 2.4).
struct DocumentPayload {
    /// Bytes of the photo; a document without one may say 0.
    static let photoCountMax = 1_024
    /// The most bytes of fingerprints: two of 512.
    static let fingerprintCountMax = 1_024

    let text: ArraySlice<UInt8>
    let photo: [UInt8]
    let fingerprint: [UInt8]

    /// How many bytes an answer can have behind its status.
    static func byteCounts(hasFingerprint: Bool) -> ClosedRange<Int> {
        let least = (hasFingerprint ? 6 : 4) + IdentityDocument.textByteCount
        return least...(least + photoCountMax + (hasFingerprint ? fingerprintCountMax : 0))
    }

    /// Takes an answer apart: the lengths of the parts, two bytes each, high byte first, and then the parts.
    init(_ data: ArraySlice<UInt8>, _ command: SAMVCommand) throws(ResidentIDError) {
        let hasFingerprint = command == .readFingerprint
        let lengthCount = hasFingerprint ? 3 : 2
        let header = data.prefix(2 * lengthCount)
        let lengths = stride(from: header.startIndex, to: header.endIndex - 1, by: 2).map {
            Int(header[$0]) << 8 | Int(header[$0 + 1])
        }
        guard lengths.count == lengthCount, lengths[0] == IdentityDocument.textByteCount,
            lengths[1] <= Self.photoCountMax, !hasFingerprint || lengths[2] <= Self.fingerprintCountMax,
            header.count + lengths.reduce(0, +) == data.count
        else {
            throw ResidentIDError(.frameMalformed, "\(command.title): the lengths of the parts contradict the whole")
        }
        var rest = data.dropFirst(header.count)
        text = rest.prefix(lengths[0])
        rest = rest.dropFirst(lengths[0])
        photo = Array(rest.prefix(lengths[1]))
        fingerprint = Array(rest.dropFirst(lengths[1]))
    }
}
