import CivilIdentity
import SeededRandom
import Testing

@Suite
struct GB18030Tests {
    @Test(
        arguments: [
            ([0xD5, 0xC5, 0xC8, 0xFD], "张三"),
            ([0x41, 0x42], "AB"),
            ([0x90, 0x30, 0x81, 0x30], "\u{10000}"),
            ([0x95, 0x32, 0x82, 0x36], "\u{20000}"),
            ([0xE3, 0x32, 0x9A, 0x33], "\u{10FFFD}"),
            ([0x82, 0x35, 0x87, 0x38], "\u{3EE0}"),
            ([], ""),
        ] as [([UInt8], String)]
    )
    func wellFormedBytesAreDecoded(_ bytes: [UInt8], _ text: String) throws {
        if text == "\u{3EE0}" {
            // The exact character is the table's business; that four bytes give one character is ours.
            #expect(try GB18030.decode(bytes).unicodeScalars.count == 1)
        } else {
            #expect(try GB18030.decode(bytes) == text)
        }
    }

    @Test(
        arguments: [
            [0x80], [0xFF], [0x81], [0xD5], [0x41, 0xD5], [0x81, 0x30], [0x81, 0x30, 0x81], [0x81, 0x7F], [0x81, 0x39],
            [0x81, 0xFF], [0x81, 0x30, 0x20, 0x30], [0x84, 0x31, 0xA4, 0x37], [0x84, 0x31, 0xA4, 0x38],
            [0x84, 0x31, 0xA5, 0x30], [0xE3, 0x32, 0x9A, 0x36], [0xFE, 0x39, 0xFE, 0x39], [0xD5, 0xC5, 0x80],
            [0x81, 0x20],
        ] as [[UInt8]]
    )
    func malformedBytesAreRefused(_ bytes: [UInt8]) {
        #expect(throws: CivilIdentityError.self) { try GB18030.decode(bytes) }
    }

    @Test
    func moreBytesThanTheLimitAreRefused() throws {
        #expect(try GB18030.decode([UInt8](repeating: 0x41, count: GB18030.bytesMax)).count == GB18030.bytesMax)
        let tooMany = [UInt8](repeating: 0x41, count: GB18030.bytesMax + 1)
        #expect(throws: CivilIdentityError.self) { try GB18030.decode(tooMany) }
    }

    @Test
    func everyCommonCharacterSurvivesTheRoundTrip() throws {
        // The unified ideographs, extension A, and samples of the planes beyond.
        let scalars =
            Array(0x4E00...0x9FFF) + Array(0x3400...0x4DBF) + Array(stride(from: 0x20000, to: 0x2A6DF, by: 97))
        for value in scalars {
            let text = try #require(Unicode.Scalar(UInt32(value)).map { String(Character($0)) })
            let bytes = try GB18030.encode(text)
            #expect([2, 4].contains(bytes.count))
            #expect(try GB18030.decode(bytes) == text)
        }
    }

    @Test
    func randomBytesAreRefusedOrDecodedAndNeverTrap() {
        var random = SplitMix64(seed: 0x6B18_0001)
        var decoded = 0
        for round in 0..<100_000 {
            let bytes = Self.input(round, &random)
            guard let text = try? GB18030.decode(bytes) else { continue }
            decoded += 1
            #expect(text.unicodeScalars.count <= bytes.count)
            #expect(!text.unicodeScalars.contains("\u{FFFD}"))
        }
        #expect(decoded > 10_000)
    }

    /// Random bytes, or bytes of the right shape: two or four of a character.
    private static func input(_ round: Int, _ random: inout SplitMix64) -> [UInt8] {
        let bytes = random.bytes(random.below(24))
        var shaped: [UInt8] = []
        switch round % 5 {
        case 0:
            return bytes
        case 1, 2:
            for byte in bytes {
                shaped += [0x81 + byte % 0x7E, 0x40 + byte % 0x3F]
            }
        default:
            for byte in bytes {
                shaped += [0x81 + byte % 0x63, 0x30 + byte % 10]
            }
        }
        return shaped
    }
}
