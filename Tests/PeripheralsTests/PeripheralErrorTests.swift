import Peripherals
import Testing

@Suite
struct PeripheralErrorTests {
    @Test
    func codesAreStableAndDistinct() {
        let texts = PeripheralError.Code.allCases.map(\.rawValue)
        #expect(texts.count == 27)
        #expect(Set(texts).count == texts.count)
        for text in texts {
            #expect(PeripheralError.Code(rawValue: text)?.description == text)
            #expect(text.wholeMatch(of: /(printer|scanner|pinpad)\.[a-z-]+/) != nil)
        }
        #expect(PeripheralError.Code(rawValue: "printer.unheard-of") == nil)
    }

    @Test
    func descriptionHasCodeMessageAndCause() {
        let cause = PeripheralError(.printerLine, "cut off")
        #expect(cause.description == "printer.line: cut off")
        let error = PeripheralError(.printerBroken, "the printer failed", cause: cause)
        #expect(error.description == "printer.broken: the printer failed (caused by printer.line: cut off)")
    }

    @Test
    func warningsHaveStableTexts() {
        let warnings: [PrintWarning] = [
            .paperNearEnd, .charactersReplaced(1), .codesLeftOut(1), .reprinted, .condition(.coverOpen),
        ]
        #expect(Set(warnings.map(\.description)).count == warnings.count)
        #expect(warnings.allSatisfy { $0.description.wholeMatch(of: /warning\.printer\.[a-z-]+/) != nil })
    }
}
