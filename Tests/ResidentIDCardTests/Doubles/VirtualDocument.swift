/// A document as it lies on a simulated reader.
struct VirtualDocument: Sendable, Equatable {
    var text: [UInt8]
    var photo: [UInt8] = (0..<1_024).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 3) }
    var fingerprint: [UInt8] = []
    /// The appended addresses; nil if the document has no such content.
    var addresses: [UInt8]?
}

/// Writes the fields of a text block, as UTF-16 with spaces behind.
struct TextBlock {
    private(set) var bytes = Self.field("", 256)

    /// Places a text of a field at an offset.
    func with(_ text: String, at offset: Int, _ count: Int) -> TextBlock {
        with(bytes: Self.field(text, count), at: offset)
    }

    /// Places bytes at an offset.
    func with(bytes field: [UInt8], at offset: Int) -> TextBlock {
        var copy = self
        copy.bytes.replaceSubrange(offset..<(offset + field.count), with: field)
        return copy
    }

    /// A field of `count` bytes.
    static func field(_ text: String, _ count: Int) -> [UInt8] {
        let bytes = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        precondition(bytes.count <= count, "the text fits into its field")
        return bytes + (bytes.count / 2..<count / 2).flatMap { _ in [0x20, 0x00] as [UInt8] }
    }
}
