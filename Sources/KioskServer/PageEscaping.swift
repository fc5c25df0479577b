import Mustache

/// Escapes outside text for HTML, in content and in quoted attributes.
///
/// It works on bytes. swift-mustache 2.1.1 compares whole characters: a quotation mark followed by a combining mark is
/// another character to it and passes unescaped, which would end an attribute.
struct PageEscaping: MustacheContentType {
    /// The name by which templates ask for it.
    static let name = "ONECARD_PAGE"

    /// Makes the escaping known to swift-mustache; the first use does it once for the process.
    static let isRegistered: Bool = {
        MustacheContentTypes.register(PageEscaping(), named: name)
        return true
    }()

    /// The text with `& < > " '` as references, and control characters that HTML does not allow as U+FFFD.
    func escapeText(_ text: String) -> String {
        Self.escape(text)
    }

    static func escape(_ text: String) -> String {
        guard text.utf8.contains(where: needsEscape) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
            case _ where needsEscape(byte): bytes += Array("\u{FFFD}".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        case UInt8(ascii: "\n"), UInt8(ascii: "\t"): false
        case 0x00..<0x20, 0x7F: true
        default: false
        }
    }
}
