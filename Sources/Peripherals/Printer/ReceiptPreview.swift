/// A slip on the screen, as it will stand on the paper of one model of printer.
public struct ReceiptPreview: Hashable, Sendable {
    let items: [PrintedItem]
    let columns: Int

    /// Makes a preview.
    ///
    /// Characters that the printer lacks are shown as they are: what will be printed for them is a matter of its font.
    ///
    /// - Parameters:
    ///   - receipt: The slip.
    ///   - printer: The printer.
    public init(_ receipt: Receipt, printer: PrinterCapabilities) {
        items = receipt.layout(for: printer)
        columns = printer.columns
    }

    /// Makes a preview of what was printed, as ``ESCPOSInterpreter`` tells it.
    ///
    /// - Parameters:
    ///   - printed: The items in order.
    ///   - columns: The columns of the paper.
    public init(printed: [PrintedItem], columns: Int) {
        items = printed
        self.columns = columns
    }

    /// The slip in monospaced text, where a Chinese character takes two columns.
    ///
    /// Wide characters have the space of their second half behind them. Each line ends with a line feed.
    public var text: String {
        items.map { item in
            switch item {
            case .line(let text, let style):
                let spaced = style.size.widthFactor == 1 ? text : Self.spaced(text)
                let indent = indent(of: text, style)
                return String(repeating: " ", count: indent) + spaced + "\n"
            case .code(let content):
                let label = "[QR \(content.utf8.count)]"
                return String(repeating: " ", count: max(0, (columns - label.utf8.count) / 2)) + label + "\n"
            }
        }.joined()
    }

    private static func spaced(_ text: String) -> String {
        text.unicodeScalars.map { String($0) + ($0.isASCII ? " " : "  ") }.joined()
    }

    private func indent(of text: String, _ style: ReceiptStyle) -> Int {
        let free = max(0, columns - TextColumns.width(text) * style.size.widthFactor)
        return switch style.alignment {
        case .left: 0
        case .center: free / 2
        case .right: free
        }
    }
}

extension ReceiptPreview: PersonalContent {
    /// The number of lines.
    public var redacted: String { "preview of \(items.count) lines" }
}
