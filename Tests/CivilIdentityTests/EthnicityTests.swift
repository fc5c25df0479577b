import CivilIdentity
import Testing

@Suite
struct EthnicityTests {
    @Test
    func tableHasFiftyEightEntriesWithOneNameEach() {
        #expect(Ethnicity.allCases.count == 58)
        #expect(Set(Ethnicity.allCases.map(\.chineseName)).count == 58)
        #expect(Ethnicity.allCases.allSatisfy { Ethnicity(code: $0.code) == $0 })
    }

    @Test(arguments: [("01", "汉"), ("02", "蒙古"), ("05", "维吾尔"), ("15", "土家"), ("56", "基诺"), ("97", "其他")])
    func codeHasItsName(_ code: String, _ name: String) {
        #expect(Ethnicity(code: code)?.chineseName == name)
    }

    @Test(arguments: ["", "0", "00", "57", "96", "99", "1", "001", "0A", "０1"])
    func otherCodesAreRefused(_ code: String) {
        #expect(Ethnicity(code: code) == nil)
    }

    @Test
    func packedCodesAgreeWithTheText() {
        for byte in UInt8.min...UInt8.max {
            let text = String(byte, radix: 16)
            #expect(Ethnicity(bcd: byte) == Ethnicity(code: text.count == 1 ? "0\(text)" : text))
        }
        #expect(Ethnicity(number: Int.max) == nil)
        #expect(Ethnicity(number: Int.min) == nil)
    }
}
