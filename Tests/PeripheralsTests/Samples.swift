import Peripherals
import SeededRandom

/// Slips and printers of the tests.
enum Samples {
    /// What a printer of the tests can do: everything, until a test says otherwise.
    struct Model {
        var columns = 32
        var charset = PrinterCharset.gb18030
        var chineseSize = ChineseSizeCommand.bits2And3
        var cutter = PrinterCapabilities.Cutter.partial
        var feedLinesBeforeCut = 4
        var printsCodes = true
        var reportsRealTime = true
        var confirmsInOrder = true
        var paperEndBits: UInt8 = 0x60
        var paperNearEndBits: UInt8 = 0x0C
        var chunkBytes = 64
    }

    /// A printer that can do everything, changed by `change`.
    static func printer(_ change: (inout Model) -> Void = { _ in }) throws -> PrinterCapabilities {
        var model = Model()
        change(&model)
        return try PrinterCapabilities(
            columns: model.columns,
            charset: model.charset,
            chineseSize: model.chineseSize,
            cutter: model.cutter,
            feedLinesBeforeCut: model.feedLinesBeforeCut,
            printsCodes: model.printsCodes,
            reportsRealTime: model.reportsRealTime,
            confirmsInOrder: model.confirmsInOrder,
            paperEndBits: model.paperEndBits,
            paperNearEndBits: model.paperNearEndBits,
            chunkBytes: model.chunkBytes
        )
    }

    /// A slip with every kind of line.
    static func receipt(isSimulated: Bool = true) throws -> Receipt {
        try Receipt(
            lines: [
                .text("待遇发放凭条", .heading),
                .text("Benefit slip", ReceiptStyle(alignment: .center, isBold: true)),
                .rule,
                .pair(key: "姓名", value: "张*", keyColumns: 10),
                .pair(key: "发放金额", value: "1,234.56 元", isBold: true),
                .blank,
                .text("如有疑问请到社区服务站咨询，并带上社会保障卡和身份证件。", .normal),
                .text("Right", ReceiptStyle(alignment: .right, size: .wide)),
                .text("高", ReceiptStyle(size: .tall)),
                .code("ONECARD:DEMO:0001"),
            ],
            isSimulated: isSimulated
        )
    }

    /// Every combination of what changes the bytes.
    static func printers() throws -> [PrinterCapabilities] {
        var printers: [PrinterCapabilities] = []
        for charset in PrinterCharset.allCases {
            for chineseSize in ChineseSizeCommand.allCases {
                for cutter in PrinterCapabilities.Cutter.allCases {
                    let columns = [16, 31, 32, 42, 48][printers.count % 5]
                    printers.append(
                        try PrinterCapabilities(
                            columns: columns,
                            charset: charset,
                            missingCharacterSign: printers.count.isMultiple(of: 2) ? .geta : .questionMarks,
                            chineseSize: chineseSize,
                            cutter: cutter,
                            feedLinesBeforeCut: printers.count % 4,
                            printsCodes: printers.count.isMultiple(of: 3),
                            chunkBytes: [16, 17, 64, 512][printers.count % 4]
                        )
                    )
                }
            }
        }
        return printers
    }

    /// A slip of random lines; its characters are of one, two and four bytes, and some are dropped.
    static func receipt(_ random: inout SplitMix64) throws -> Receipt {
        let printable = "abcXYZ 0129.,<&>'\"元社会保障卡凭条€é镕〇𠮷😀"
        let dropped = "\u{1B}\u{10}\u{04}\n\u{202E}\u{FFFE}"
        let alphabet = Array((printable + "\u{FFFD}" + dropped).unicodeScalars)
        func text(_ limit: Int, _ random: inout SplitMix64) -> String {
            var view = String.UnicodeScalarView()
            for _ in 0..<random.below(limit + 1) { view.append(alphabet[random.below(alphabet.count)]) }
            return String(view)
        }
        var lines: [ReceiptLine] = []
        for _ in 0..<random.below(8) {
            switch random.below(6) {
            case 0: lines.append(.rule)
            case 1: lines.append(.blank)
            case 2: lines.append(.code(String(repeating: "Q", count: 1 + random.below(300))))
            case 3:
                let key = text(12, &random)
                lines.append(.pair(key: key, value: text(30, &random), keyColumns: random.below(40) - 4))
            default:
                let style = ReceiptStyle(
                    alignment: ReceiptStyle.Alignment.allCases[random.below(3)],
                    size: ReceiptStyle.Size.allCases[random.below(4)],
                    isBold: random.below(2) == 0
                )
                lines.append(.text(text(60, &random), style))
            }
        }
        return try Receipt(lines: lines, isSimulated: random.below(2) == 0)
    }

    /// The layout with what the printer puts for characters that it lacks, and without codes that it cannot draw.
    static func expected(_ receipt: Receipt, _ printer: PrinterCapabilities, isReprint: Bool = false) -> [PrintedItem] {
        receipt.layout(for: printer, isReprint: isReprint).compactMap { item in
            switch item {
            case .code: printer.printsCodes ? item : nil
            case .line(let text, let style): .line(replaced(text, printer), style)
            }
        }
    }

    private static func replaced(_ text: String, _ printer: PrinterCapabilities) -> String {
        let sign = printer.missingCharacterSign == .geta ? "〓" : "??"
        return text.unicodeScalars.map { scalar in
            // Of the alphabet of the tests: what GB 2312 lacks, and what has four bytes.
            switch scalar {
            case "\u{FFFD}": sign
            case "€": printer.charset == .gb2312 ? sign : "€"
            case "镕", "〇": printer.charset == .gb2312 ? sign : String(scalar)
            case "𠮷", "😀": printer.charset == .gb18030 ? String(scalar) : sign
            default: String(scalar)
            }
        }.joined()
    }
}
