import Peripherals
import Testing

/// What is printed, scanned or typed never shows in a description, a reflection or a dump.
@Suite
struct PersonalContentTests {
    private static let secret = "SECRET"

    private func shows(_ value: Any) -> String {
        var text = "\(value)" + String(reflecting: value)
        dump(value, to: &text)
        return text
    }

    @Test
    func slipsAndTheirBytesAreRedacted() throws {
        let printer = try Samples.printer()
        let receipt = try Receipt(lines: [.text(Self.secret, .normal), .code(Self.secret)], isSimulated: false)
        let encoded = ESCPOSEncoder(printer: printer).encode(receipt)
        var machine = try PrintJobMachine(
            receipt: receipt,
            printer: printer,
            canAskPort: false,
            limits: PrintJobLimits()
        )
        _ = machine.handle(.start)
        let actions = machine.handle(.status(.ready))
        var interpreter = ESCPOSInterpreter(printer: printer)
        let events = interpreter.take(encoded.chunks.flatMap(\.bytes))
        let values: [Any] = [
            receipt, receipt.lines, receipt.layout(for: printer), encoded, encoded.chunks, machine, actions,
            interpreter, events, ReceiptPreview(receipt, printer: printer),
        ]
        let digits = Self.secret.utf8.map { "\($0)" }.joined(separator: ", ")
        for value in values {
            #expect(!shows(value).contains(Self.secret))
            #expect(!shows(value).contains(digits))
        }
    }

    @Test
    func scannedCodesAreRedacted() throws {
        let bytes = Array(Self.secret.utf8)
        let code = try ScannedCode(bytes)
        var framing = ScanFraming(rules: try ScanRules(suffix: .cr))
        _ = framing.take(bytes, at: .zero)
        let values: [Any] = [
            code, ScannerEvent.code(code), framing, try VerifiedCode(text: Self.secret), HIDKey.character(bytes[0]),
        ]
        let digits = bytes.map { "\($0)" }.joined(separator: ", ")
        for value in values {
            #expect(!shows(value).contains(Self.secret))
            #expect(!shows(value).contains(digits))
        }
        #expect(code.description == "code of 6 bytes")
    }

    @Test
    func keysOfAPINPadShowTheirKindOnly() {
        for digit in UInt8(ascii: "0")...UInt8(ascii: "9") {
            #expect(shows(PINPadKey.digit(digit)) == shows(PINPadKey.digit(0x30)))
        }
        #expect(PINPadKey.enter.description == "enter")
    }
}
