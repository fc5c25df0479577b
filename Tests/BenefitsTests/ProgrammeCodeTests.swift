import Benefits
import Testing

@Suite
struct ProgrammeCodeTests {
    @Test
    func eightProgrammesStandInTheOrderOfThePolicy() {
        let codes = ["DIBAO", "WUBAO", "LINSHI", "YOUFU", "GAOLING", "SHIYE", "CJHL", "CJSH"]
        #expect(ProgrammeCode.eight.map(\.rawValue) == codes)
        #expect(codes.compactMap(ProgrammeCode.init(rawValue:)) == ProgrammeCode.eight)
    }

    @Test(arguments: ["", "dibao", "DI BAO", "DIBAO!", "低保", "ABCDEFGHIJKLMNOPQ"])
    func otherTextIsRefused(_ text: String) {
        #expect(ProgrammeCode(rawValue: text) == nil)
    }
}
