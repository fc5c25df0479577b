extension Receipt {
    /// The least columns that a key or a value keeps beside the other.
    private static let pairColumnsMin = 4

    /// Fits the slip to the paper of a printer.
    ///
    /// - Parameters:
    ///   - printer: What the printer can do; no line is wider than its columns.
    ///   - isReprint: Whether ``reprintMark`` stands on top.
    /// - Returns: What stands on the paper, in order, before characters that the printer lacks are replaced.
    public func layout(for printer: PrinterCapabilities, isReprint: Bool = false) -> [PrintedItem] {
        let mark = ReceiptLine.text(Self.simulatedMark, .heading)
        let top = (isSimulated ? [mark] : []) + (isReprint ? [.text(Self.reprintMark, .heading)] : [])
        return (top + lines + (isSimulated ? [mark] : [])).flatMap { items(of: $0, printer) }
    }

    private func items(of line: ReceiptLine, _ printer: PrinterCapabilities) -> [PrintedItem] {
        switch line {
        case .text(let text, var style):
            style.size = printer.nearestSize(style.size)
            return TextColumns.wrap(text, columns: printer.columns / style.size.widthFactor).map { .line($0, style) }
        case .pair(let key, let value, let keyColumns, let isBold):
            let rows = pairRows(key: key, value: value, keyColumns: keyColumns, columns: printer.columns)
            return rows.map { .line($0, ReceiptStyle(isBold: isBold)) }
        case .rule:
            return [.line(String(repeating: "-", count: printer.columns), .normal)]
        case .blank:
            return [.line("", .normal)]
        case .code(let content):
            return [.code(content)]
        }
    }

    /// Rows of exactly the width of the paper, with a column of space between key and value where both are full.
    private func pairRows(key: String, value: String, keyColumns: Int?, columns: Int) -> [String] {
        let most = columns - Self.pairColumnsMin - 1
        let keyWidth = min(max(keyColumns ?? TextColumns.width(key), Self.pairColumnsMin), most)
        let valueWidth = columns - keyWidth - 1
        let keys = TextColumns.wrap(key, columns: keyWidth)
        let values = TextColumns.wrap(value, columns: valueWidth)
        return (0..<max(keys.count, values.count)).map { index in
            let key = index < keys.count ? keys[index] : ""
            let value = index < values.count ? values[index] : ""
            return TextColumns.padded(key, to: columns - TextColumns.width(value)) + value
        }
    }
}
