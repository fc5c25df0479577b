import SeededRandom
import Testing

@testable import Peripherals

@Suite
struct ReceiptLayoutTests {
    @Test(arguments: [
        ("", 8, [""]),
        ("12345678", 8, ["12345678"]),
        ("123456789", 8, ["12345678", "9"]),
        ("社会保障卡", 8, ["社会保障", "卡"]),
        ("a社会保障", 8, ["a社会保", "障"]),
        ("社会保障 卡", 8, ["社会保障", "卡"]),
        ("pension paid", 8, ["pension", "paid"]),
        ("to a pension", 8, ["to a", "pension"]),
        ("a extraordinary", 8, ["a extrao", "rdinary"]),
        ("  a", 8, ["  a"]),
        ("é", 2, ["é"]),
    ])
    func textWrapsByColumns(_ text: String, _ columns: Int, _ lines: [String]) {
        #expect(TextColumns.wrap(text, columns: columns) == lines)
    }

    @Test(arguments: [
        ("姓名", "张*", nil, ["姓名                         张*"]),
        ("姓名", "张*", 10, ["姓名                         张*"]),
        ("社会保障卡状态", "正常", 6, ["社会保                      正常", "障卡状", "态"]),
        (
            "用途", "一二三四五六七八九十一二三四五", 4,
            ["用途  一二三四五六七八九十一二三", "                            四五"]
        ),
        ("k", "v", 99, ["k                              v"]),
        ("k", "v", -1, ["k                              v"]),
    ])
    func keysAndValuesFillTheWidth(_ key: String, _ value: String, _ keyColumns: Int?, _ rows: [String]) throws {
        let receipt = try Receipt(lines: [.pair(key: key, value: value, keyColumns: keyColumns)], isSimulated: false)
        let items = receipt.layout(for: try Samples.printer())
        let width = rows.map { TextColumns.padded($0, to: 32) }
        let got = items.map { item -> String in
            guard case .line(let text, _) = item else { return "" }
            return text
        }
        #expect(got.map { TextColumns.padded($0, to: 32) } == width)
    }

    @Test
    func aSimulatedStationMarksTopAndBottomAndAReprintSaysSo() throws {
        let receipt = try Receipt(lines: [.text("x", .normal)], isSimulated: true)
        let mark = PrintedItem.line("演示", .heading)
        let printer = try Samples.printer()
        #expect(receipt.layout(for: printer) == [mark, .line("x", .normal), mark])
        let reprint = receipt.layout(for: printer, isReprint: true)
        #expect(reprint == [mark, .line("重打", .heading), .line("x", .normal), mark])
    }

    @Test
    func noLineIsWiderThanThePaper() throws {
        var random = SplitMix64(seed: 11)
        let printers = try Samples.printers()
        for round in 0..<4_000 {
            let printer = printers[round % printers.count]
            for item in try Samples.receipt(&random).layout(for: printer, isReprint: true) {
                guard case .line(let text, let style) = item else { continue }
                guard TextColumns.width(text) * style.size.widthFactor <= printer.columns else {
                    Issue.record("round \(round) of seed 11")
                    return
                }
            }
        }
    }

    @Test
    func controlAndInvisibleCharactersAreDropped() throws {
        let dirty = "a\u{00}\u{10}\u{04}\u{01}\u{1B}@\u{7F}\u{85}\u{202E}\u{2028}\u{200B}\u{FFFE}\r\n社"
        let receipt = try Receipt(
            lines: [.text(dirty, .normal), .pair(key: dirty, value: dirty)],
            isSimulated: false
        )
        #expect(receipt.lines[0] == .text("a@社", .normal))
        #expect(receipt.lines[1] == .pair(key: "a@社", value: "a@社"))
    }

    @Test
    func slipsBeyondTheirLimitsAreRefused() throws {
        let long = String(repeating: "社", count: Receipt.charactersMax)
        let beyond: [[ReceiptLine]] = [
            Array(repeating: .blank, count: Receipt.linesMax + 1),
            [.text(long, .normal), .text("x", .normal)],
            [.code("")],
            [.code("é")],
            [.code("a\u{10}")],
            [.code(String(repeating: "x", count: Receipt.codeCharactersMax + 1))],
        ]
        for lines in beyond {
            let error = #expect(throws: PeripheralError.self) { try Receipt(lines: lines, isSimulated: false) }
            #expect(error?.code == .printerSlipTooLarge)
        }
        _ = try Receipt(lines: [.text(long, .normal)], isSimulated: false)
        _ = try Receipt(lines: Array(repeating: .blank, count: Receipt.linesMax), isSimulated: false)
    }

    @Test
    func wideLinesAreNormalOnAPrinterThatHasOnlyQuadruple() throws {
        let receipt = try Receipt(
            lines: [.text("社", ReceiptStyle(size: .wide)), .text("社", .heading)],
            isSimulated: false
        )
        let printer = try Samples.printer { $0.chineseSize = .quadruple }
        #expect(receipt.layout(for: printer) == [.line("社", .normal), .line("社", .heading)])
    }
}
