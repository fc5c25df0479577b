import ResidentIDCard
import Testing

@Suite
struct SAMVFrameParserTests {
    static let found = SAMVFrame(payload: hex("00009F 00000000"))
    static let long = SAMVFrame(payload: (0..<1_287).map { UInt8(truncatingIfNeeded: $0) })

    /// Feeds pieces and then ends.
    static func parse(_ pieces: [[UInt8]]) -> [SAMVFrameEvent] {
        var parser = SAMVFrameParser()
        return pieces.flatMap { parser.feed($0) } + parser.finish()
    }

    static func cut(_ bytes: [UInt8], into count: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: count).map { Array(bytes[$0..<min($0 + count, bytes.count)]) }
    }

    @Test(arguments: [1, 2, 3, 5, 6, 7, 8, 63, 64, 512, 2_000])
    func framesAreFoundHoweverTheyAreCut(_ count: Int) {
        let line = Self.long.encoded + Self.found.encoded + Self.found.encoded + Self.long.encoded
        let expected = [Self.long, Self.found, Self.found, Self.long].map { SAMVFrameEvent.frame($0) }
        #expect(Self.parse(Self.cut(line, into: count)) == expected)
    }

    @Test(arguments: [
        "", "00", "AA", "AAAA", "AAAAAA", "AAAAAAAA", "AAAAAA96", "96", "69", "9669", "AA9669", "AAAAAA9696",
        "AAAAAA96AAAAAA96", "0102030405060708090A", "AAAAAA9669", "AAAA9669AAAA96",
    ])
    func garbageBeforeAFrameIsSkipped(_ garbage: String) {
        let line = hex(garbage) + Self.found.encoded
        for count in [1, 4, line.count] {
            let frames = Self.parse(Self.cut(line, into: count)).filter { $0 != .wrongLength && $0 != .wrongChecksum }
            #expect(frames == [.frame(Self.found)])
        }
    }

    @Test(arguments: ["0000", "0001", "0003", "090B", "FFFF", "AAAA"])
    func aLengthThatNoFrameHasIsReportedAndTheSearchGoesOn(_ length: String) {
        let line = SAMVFrame.preamble + hex(length) + Self.found.encoded
        #expect(Self.parse([line]) == [.wrongLength, .frame(Self.found)])
        #expect(Self.parse(Self.cut(line, into: 1)) == [.wrongLength, .frame(Self.found)])
    }

    /// A turned bit in the preamble hides the frame, in the length makes it wait, and behind it is reported.
    @Test(arguments: 0..<15)
    func aTurnedBitIsNeverTakenForAFrame(_ index: Int) {
        var line = Self.found.encoded
        line[index] ^= 0x04
        #expect(Self.parse([line]) == (index < SAMVFrame.headerCount ? [] : [.wrongChecksum]))
        #expect(Self.parse([line, Self.found.encoded]).last == .frame(Self.found))
    }

    @Test(arguments: 1..<15)
    func aCutFrameDoesNotSwallowTheNextOnes(_ count: Int) {
        let line = Array(Self.found.encoded.prefix(count)) + Self.found.encoded + Self.found.encoded
        for piece in [1, 7, line.count] {
            let frames = Self.parse(Self.cut(line, into: piece)).filter { $0 == .frame(Self.found) }
            #expect(frames.count == 2)
        }
    }

    @Test
    func aFrameInsideACutLongOneIsFoundWhenTheLineEnds() {
        var parser = SAMVFrameParser()
        let line = Array(Self.long.encoded.prefix(300)) + Self.found.encoded
        #expect(parser.feed(line) == [])
        #expect(parser.missingBodyCount == Self.long.encoded.count - line.count)
        #expect(parser.finish() == [.frame(Self.found)])
        #expect(parser.pendingCount == 0)
        #expect(parser.finish() == [])
    }

    @Test
    func lentPayloadsAreThoseOfTheEvents() {
        var wrong = Self.found.encoded
        wrong[8] ^= 1
        let line = [0x55] + Self.found.encoded + wrong + SAMVFrame.preamble + [0, 0] + Self.long.encoded
        for count in [5, 64, line.count] {
            var parser = SAMVFrameParser()
            var lent: [SAMVFrameEvent] = []
            for piece in Self.cut(line, into: count) {
                piece.withUnsafeBytes { bytes in
                    parser.feed(bytes) { finding in
                        switch finding {
                        case .payload(let payload): lent.append(.frame(SAMVFrame(payload: Array(payload))))
                        case .wrongChecksum: lent.append(.wrongChecksum)
                        case .wrongLength: lent.append(.wrongLength)
                        }
                    }
                }
            }
            #expect(lent == [.frame(Self.found), .wrongChecksum, .wrongLength, .frame(Self.long)])
            #expect(lent == Self.parse(Self.cut(line, into: count)))
        }
    }

    @Test
    func nestedPreamblesAreAllTried() {
        let nest = Array(repeating: SAMVFrame.preamble + [0x00, 0xC0], count: 100).flatMap { $0 }
        let events = Self.parse([nest + Self.found.encoded])
        #expect(events.contains(.frame(Self.found)))
        #expect(events.filter { $0 == .wrongChecksum }.count <= 100)
    }

    @Test
    func whatIsMissingOfAHeaderAndOfABodyIsKnown() {
        var parser = SAMVFrameParser()
        #expect(parser.missingBodyCount == nil)
        _ = parser.feed(hex("AAAAAA9669 00"))
        #expect(parser.missingBodyCount == nil)
        _ = parser.feed([0x08])
        #expect(parser.missingBodyCount == 8)
        _ = parser.feed(hex("00009F"))
        #expect(parser.missingBodyCount == 5)
        #expect(parser.feed(hex("00000000 97")) == [.frame(Self.found)])
    }
}
