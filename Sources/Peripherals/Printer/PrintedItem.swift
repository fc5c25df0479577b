/// What stands on the paper at one place: a line, or a QR code.
public enum PrintedItem: Hashable, Sendable {
    /// One line that fits the paper; the text may be empty.
    case line(String, ReceiptStyle)
    /// A QR code in the middle.
    case code(String)
}

extension PrintedItem: PersonalContent {
    /// The kind of the item.
    public var redacted: String {
        switch self {
        case .line: "printed line"
        case .code: "printed QR code"
        }
    }
}
