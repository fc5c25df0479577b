/// A slip as bytes for one model of printer.
public struct EncodedReceipt: Hashable, Sendable {
    /// The writes in order.
    public let chunks: [PrinterChunk]
    /// How many characters were replaced since the printer lacks them.
    public let replacedCharacters: Int
    /// How many QR codes were left out since the printer draws none.
    public let codesLeftOut: Int

    /// The bytes of all chunks.
    public var byteCount: Int { chunks.reduce(0) { $0 + $1.bytes.count } }
}

extension EncodedReceipt: PersonalContent {
    /// The number of chunks and bytes.
    public var redacted: String { "slip of \(byteCount) bytes in \(chunks.count) chunks" }
}
