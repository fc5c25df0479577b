/// One line of a slip, before it is fitted to the paper.
public enum ReceiptLine: Hashable, Sendable {
    /// Text; it wraps at the edge of the paper.
    case text(String, ReceiptStyle)
    /// A key at the left and its value at the right edge; each wraps in its own columns. `keyColumns` is the width of
    /// the key's column; nil gives it the width of the key.
    case pair(key: String, value: String, keyColumns: Int? = nil, isBold: Bool = false)
    /// A line across the paper.
    case rule
    /// An empty line.
    case blank
    /// A QR code in the middle; printable ASCII, at most ``Receipt/codeCharactersMax`` characters.
    case code(String)
}

extension ReceiptLine: PersonalContent {
    /// The kind of the line.
    public var redacted: String {
        switch self {
        case .text: "text line"
        case .pair: "key and value"
        case .rule: "rule"
        case .blank: "blank line"
        case .code: "QR code"
        }
    }
}
