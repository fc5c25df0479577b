import Peripherals
import Testing

@Suite
struct ScannedCodeTests {
    @Test
    func codesHaveOneByteToTheLargestQRCode() throws {
        #expect(try ScannedCode([0x41]).revealed == [0x41])
        let largest = [UInt8](repeating: 0x41, count: ScannedCode.bytesMax)
        #expect(try ScannedCode(largest).revealed == largest)
        #expect(#expect(throws: PeripheralError.self) { try ScannedCode([]) }?.code == .scannerMalformed)
        let error = #expect(throws: PeripheralError.self) { try ScannedCode(largest + [0x41]) }
        #expect(error?.code == .scannerTooLong)
    }

    @Test
    func purposesAreThoseOfTheEndpoint() {
        #expect(CodePurpose.allCases.map(\.rawValue) == ["01", "02", "03", "04"])
    }

    @Test
    func answersAreSplitAtTheirBars() throws {
        #expect(try VerifiedCode(text: "0||示例|").revealed == ["0", "", "示例", ""])
        #expect(try VerifiedCode(text: String(repeating: "|", count: 63)).revealed.count == 64)
        for text in ["", String(repeating: "|", count: 64), String(repeating: "x", count: 4_097)] {
            let error = #expect(throws: PeripheralError.self) { try VerifiedCode(text: text) }
            #expect(error?.code == .scannerVerifierUnavailable)
        }
    }
}
