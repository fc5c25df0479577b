import CivilIdentity
import Testing

@testable import Peripherals

@Suite
struct PrinterCharsetTests {
    @Test
    func gb2312HasItsSignsAndCharacters() {
        var signs = 0
        var characters = 0
        for lead in UInt8.min...0xFF {
            for trail in UInt8.min...0xFF where PrinterCharset.gb2312.contains([lead, trail]) {
                if lead < 0xB0 { signs += 1 } else { characters += 1 }
                #expect((try? GB18030.decode([lead, trail])) != nil)
            }
        }
        #expect(signs == 682)
        #expect(characters == 6_763)
    }

    @Test(arguments: [
        ("a", true, true, true),
        ("社", true, true, true),
        ("镕", false, true, true),  // GBK
        ("€", false, true, true),  // A2E3, in a gap of GB 2312
        ("㐀", false, false, true),  // four bytes
        ("𠮷", false, false, true),
        ("\u{E000}", false, false, true),  // user-defined
        ("\u{1B}", false, false, false),
    ])
    func charactersBelongToTheirSets(_ text: String, _ gb2312: Bool, _ doubleByte: Bool, _ gb18030: Bool) throws {
        let bytes = try GB18030.encode(text)
        #expect(PrinterCharset.gb2312.contains(bytes) == gb2312)
        #expect(PrinterCharset.gb18030DoubleByte.contains(bytes) == doubleByte)
        #expect(PrinterCharset.gb18030.contains(bytes) == gb18030)
    }

    @Test
    func missingCharactersAreReplacedAndCounted() {
        let encoded = PrinterCharset.gb2312.encode("张𠮷a镕", replacement: .geta)
        #expect(encoded.characters == [hex("D5C5"), hex("A1FE"), hex("61"), hex("A1FE")])
        #expect(encoded.replaced == 2)
        let marked = PrinterCharset.gb18030DoubleByte.encode("𠮷镕", replacement: .questionMarks)
        #expect(marked.characters == [hex("3F3F"), hex("E946")])
        #expect(marked.replaced == 1)
        let whole = PrinterCharset.gb18030.encode("𠮷", replacement: .geta)
        #expect(whole.characters == [hex("9534B235")])
        #expect(whole.replaced == 0)
        let lost = PrinterCharset.gb18030.encode("社\u{FFFD}𠮷", replacement: .geta)
        #expect(lost.characters == [hex("C9E7"), hex("A1FE"), hex("9534B235")])
        #expect(lost.replaced == 1)
    }

    @Test(arguments: [
        (15, 4, 64, 0x60, 0x0C), (97, 4, 64, 0x60, 0x0C), (32, -1, 64, 0x60, 0x0C), (32, 21, 64, 0x60, 0x0C),
        (32, 4, 15, 0x60, 0x0C), (32, 4, 4_097, 0x60, 0x0C), (32, 4, 64, 0x00, 0x0C), (32, 4, 64, 0x60, 0x60),
        (32, 4, 64, 0x61, 0x0C), (32, 4, 64, 0x60, 0x8C),
    ])
    func capabilitiesOutOfTheirBoundsAreRefused(
        _ columns: Int,
        _ feed: Int,
        _ chunk: Int,
        _ end: Int,
        _ nearEnd: Int
    ) {
        let error = #expect(throws: PeripheralError.self) {
            try PrinterCapabilities(
                columns: columns,
                feedLinesBeforeCut: feed,
                paperEndBits: UInt8(end),
                paperNearEndBits: UInt8(nearEnd),
                chunkBytes: chunk
            )
        }
        #expect(error?.code == .printerProfile)
    }
}
