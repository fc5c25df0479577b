/// Turns slips into the bytes of ESC/POS (PROTOCOLS.md 7.1).
///
/// No byte below 20 stands anywhere but in a command, and no `10` is followed by `04`, `05` or `14`, which a printer
/// would take as a real-time command.
public struct ESCPOSEncoder: Sendable {
    /// What the printer can do.
    public let printer: PrinterCapabilities

    /// Makes an encoder.
    ///
    /// - Parameter printer: What the printer can do.
    public init(printer: PrinterCapabilities) {
        self.printer = printer
    }

    /// Encodes a slip: initialisation, Chinese mode, the lines, feed and cut.
    ///
    /// - Parameters:
    ///   - receipt: The slip.
    ///   - isReprint: Whether ``Receipt/reprintMark`` stands on top.
    /// - Returns: The chunks, with what could not be printed as it is.
    public func encode(_ receipt: Receipt, isReprint: Bool = false) -> EncodedReceipt {
        var units = [ESCPOSCommand.initialize, ESCPOSCommand.chineseMode]
        var style = ReceiptStyle.normal
        var replacedCharacters = 0
        var codesLeftOut = 0
        for item in receipt.layout(for: printer, isReprint: isReprint) {
            switch item {
            case .line(let text, let lineStyle):
                units += change(from: style, to: lineStyle)
                style = lineStyle
                let encoded = printer.charset.encode(text, replacement: printer.missingCharacterSign)
                units += encoded.characters
                units.append([ESCPOSCommand.lineFeed])
                replacedCharacters += encoded.replaced
            case .code(let content) where printer.printsCodes:
                let centered = ReceiptStyle(alignment: .center)
                units += change(from: style, to: centered) + ESCPOSCommand.code(content)
                style = centered
            case .code:
                codesLeftOut += 1
            }
        }
        units += change(from: style, to: .normal) + ending
        return EncodedReceipt(
            chunks: chunks(of: units),
            replacedCharacters: replacedCharacters,
            codesLeftOut: codesLeftOut
        )
    }

    /// What drops the rest of a slip that failed in the middle: initialisation, feed and cut.
    ///
    /// The initialisation stands twice, since a printer that was torn off in a command takes the first as its end.
    ///
    /// - Returns: One chunk.
    public func cancellation() -> PrinterChunk {
        let units = [ESCPOSCommand.initialize, ESCPOSCommand.initialize, ESCPOSCommand.chineseMode] + ending
        return chunk(of: units[...])
    }

    private var ending: [[UInt8]] {
        let feed = printer.feedLinesBeforeCut > 0 ? [ESCPOSCommand.feed(lines: printer.feedLinesBeforeCut)] : []
        let cut = ESCPOSCommand.cut(printer.cutter)
        return feed + (cut.isEmpty ? [] : [cut])
    }

    private func change(from old: ReceiptStyle, to new: ReceiptStyle) -> [[UInt8]] {
        var units: [[UInt8]] = []
        if old.alignment != new.alignment { units.append(ESCPOSCommand.alignment(new.alignment)) }
        if old.size != new.size { units += ESCPOSCommand.size(new.size, chinese: printer.chineseSize) }
        if old.isBold != new.isBold { units.append(ESCPOSCommand.bold(new.isBold)) }
        return units
    }

    private func chunks(of units: [[UInt8]]) -> [PrinterChunk] {
        var chunks: [PrinterChunk] = []
        var start = 0
        var count = 0
        for (index, unit) in units.enumerated() {
            if count > 0, count + unit.count > printer.chunkBytes {
                chunks.append(chunk(of: units[start..<index]))
                start = index
                count = 0
            }
            count += unit.count
        }
        chunks.append(chunk(of: units[start...]))
        return chunks
    }

    private func chunk(of units: ArraySlice<[UInt8]>) -> PrinterChunk {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for unit in units {
            bytes += unit
            ends.append(bytes.count)
        }
        return PrinterChunk(bytes: bytes, unitEnds: ends)
    }
}
