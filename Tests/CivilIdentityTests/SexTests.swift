import CivilIdentity
import Testing

@Suite
struct SexTests {
    @Test(arguments: [
        ("1", Sex.male), ("2", .female), ("9", .unspecified), ("0", .unknown), ("7", .unknown), ("", .unknown),
    ])
    func codeOfTheStandardIsRead(_ code: String, _ sex: Sex) {
        #expect(Sex(code: code) == sex)
        #expect(Sex(code: Int(code) ?? -1) == sex)
        #expect(Sex(ascii: code.utf8.first ?? 0) == sex)
    }

    @Test
    func everyByteHasAMeaning() {
        for byte in UInt8.min...UInt8.max {
            let sex = Sex(ascii: byte)
            #expect(sex == .unknown || UInt8(0x30 + sex.code) == byte)
        }
    }
}
