import Foundation
import Peripherals
import Testing

@Suite
struct ReceiptPreviewTests {
    @Test
    func textStandsInMonospacedColumns() throws {
        let printer = try Samples.printer { $0.columns = 16 }
        let receipt = try Receipt(
            lines: [
                .text("凭条", .heading),
                .rule,
                .pair(key: "金额", value: "12.00"),
                .text("右", ReceiptStyle(alignment: .right)),
                .blank,
                .code("AB"),
            ],
            isSimulated: false
        )
        let expected = """
                凭  条  \n\
            ----------------
            金额       12.00
                          右

                 [QR 2]

            """
        #expect(ReceiptPreview(receipt, printer: printer).text == expected)
    }

    @Test
    func theDrawingIsEscaped() throws {
        let receipt = try Receipt(lines: [.text("<script>&\"'", .normal)], isSimulated: false)
        let svg = ReceiptPreview(receipt, printer: try Samples.printer()).svg
        #expect(svg.contains(">&lt;script&gt;&amp;&quot;&#39;</tspan></text>"))
        #expect(!svg.contains("<script"))
    }

    @Test
    func theDrawingHasALineForEachLine() throws {
        let printer = try Samples.printer()
        let receipt = try Samples.receipt()
        let svg = ReceiptPreview(receipt, printer: printer).svg
        let items = receipt.layout(for: printer).filter { $0 != .line("", .normal) }
        #expect(svg.components(separatedBy: "<text").count - 1 == items.count)
        #expect(svg.components(separatedBy: "</text>").count - 1 == items.count)
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 432 "))
        #expect(svg.contains("font-weight=\"bold\""))
    }

    @Test
    func eachWordStandsAtItsColumns() throws {
        let receipt = try Receipt(lines: [.text("社a  b1", .normal)], isSimulated: false)
        let svg = ReceiptPreview(receipt, printer: try Samples.printer()).svg
        let places = svg.matches(of: /<tspan x="(\d+)" textLength="(\d+)" [^>]+>([^<]+)</).map {
            "\($0.1) \($0.2) \($0.3)"
        }
        #expect(places == ["0 24 社", "24 12 a", "60 24 b1"])
    }

    @Test
    func whatWasPrintedIsShownTheSameWay() throws {
        let printer = try Samples.printer()
        let receipt = try Samples.receipt()
        let shown = ReceiptPreview(printed: receipt.layout(for: printer), columns: printer.columns)
        #expect(shown == ReceiptPreview(receipt, printer: printer))
        #expect(shown.text.hasPrefix(String(repeating: " ", count: 12) + "演  示"))
    }
}
