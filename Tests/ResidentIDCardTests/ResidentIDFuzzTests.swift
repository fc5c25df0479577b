import ResidentIDCard
import SeededRandom
import Testing

/// Hostile readers: 100,000 inputs of each kind end in values or in reports, within bounded memory.
@Suite
struct ResidentIDFuzzTests {
    static let rounds = 100_000

    /// Feeds a line in random pieces; the count of frames, or nil if a bound was broken.
    static func frames(in line: [UInt8], _ random: inout SplitMix64, _ parser: inout SAMVFrameParser) -> Int? {
        var frames = 0
        var rest = line[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(1 + random.below(96)))
            rest = rest.dropFirst(piece.count)
            let events = parser.feed(piece)
            // Each event uses up a preamble at least, of what was pending and of the piece.
            guard parser.pendingCount < SAMVFrame.byteCountMax,
                events.count * 5 <= SAMVFrame.byteCountMax + piece.count
            else {
                return nil
            }
            for case .frame(let frame) in events {
                guard SAMVFrame.responseLengths.contains(frame.payload.count + 1) else { return nil }
                frames += 1
            }
        }
        return frames
    }

    @Test
    func hundredThousandMutatedLinesAreParsedWithinBounds() {
        var random = SplitMix64(seed: 11)
        var parser = SAMVFrameParser()
        let frames = [
            hex("AAAAAA9669 0008 00009F 00000000 97"), hex("AAAAAA9669 000C 000090 0000000000000000 9C"),
            SAMVFrame(payload: [0, 0, 0x90] + Samples.addresses).encoded,
        ]
        var found = 0
        for round in 0..<Self.rounds {
            var line = frames[random.below(2)]
            if round.isMultiple(of: 16) { line += frames[2] }
            line = random.mutation(of: line) + frames[random.below(2)]
            guard let count = Self.frames(in: line, &random, &parser) else {
                Issue.record("round \(round) of seed 11")
                return
            }
            found += count
            // What is pending swallows the following lines until the line is given up.
            if round.isMultiple(of: 4) { found += parser.finish().count }
        }
        #expect(found > Self.rounds / 2)
    }

    @Test
    func hundredThousandRandomLinesAreParsedWithinBounds() {
        var random = SplitMix64(seed: 12)
        var parser = SAMVFrameParser()
        for round in 0..<Self.rounds {
            // Rich in the bytes of the preamble, so that headers come up by themselves.
            let line = random.bytes(upTo: 48).flatMap { (byte: UInt8) -> [UInt8] in
                switch byte & 0x0F {
                case 0: SAMVFrame.preamble + [0x00, byte >> 4]
                case 1: SAMVFrame.preamble
                case 2: [0xAA]
                case 3: [0x96, 0x69]
                default: [byte]
                }
            }
            guard Self.frames(in: line, &random, &parser) != nil else {
                Issue.record("round \(round) of seed 12")
                return
            }
        }
        #expect(parser.pendingCount < SAMVFrame.byteCountMax)
    }

    @Test
    func aParserThatWasFedGarbageStillFindsAFrame() {
        var random = SplitMix64(seed: 13)
        let frame = SAMVFrame(payload: hex("000090 0000000000000000"))
        for round in 0..<10_000 {
            var parser = SAMVFrameParser()
            let garbage = random.bytes(upTo: 64)
            let events = parser.feed(garbage) + parser.feed(frame.encoded) + parser.finish()
            guard events.contains(.frame(frame)) else {
                Issue.record("round \(round) of seed 13")
                return
            }
        }
    }

    @Test
    func hundredThousandMutatedDocumentsAreDecoded() throws {
        var random = SplitMix64(seed: 14)
        let blocks = try [Samples.resident, Samples.foreign, Samples.permit()].map(\.bytes)
        var whole = 0
        for _ in 0..<Self.rounds {
            var block = blocks[random.below(3)]
            for _ in 0...random.below(4) { block[random.below(256)] = UInt8(truncatingIfNeeded: random.next()) }
            let document = try #require(IdentityDocument(text: block))
            if document.kind == .unknown { #expect(document.textBlock?.count == 256) }
            guard Set(document.warnings).count == document.warnings.count else {
                Issue.record("a warning came twice")
                return
            }
            if document.warnings.isEmpty { whole += 1 }
        }
        #expect(whole > 1_000 && whole < Self.rounds)
    }

    @Test
    func hundredThousandRandomDocumentsAreDecoded() {
        var random = SplitMix64(seed: 15)
        let markers: [[UInt8]] = [[0x20, 0], [0, 0], [0x49, 0], [0x4A, 0]]
        var block = [UInt8](repeating: 0x20, count: 256)
        for _ in 0..<Self.rounds {
            for offset in stride(from: 0, to: 256, by: 8) {
                let value = random.next()
                for index in 0..<8 { block[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
            }
            block.replaceSubrange(248..<250, with: markers[random.below(4)])
            guard let document = IdentityDocument(text: block), !document.warnings.isEmpty,
                document.citizenNumber == nil
            else {
                Issue.record("random bytes became a document")
                return
            }
        }
        #expect(IdentityDocument(text: random.bytes(upTo: 255)) == nil)
    }

    @Test
    func hundredThousandAddressFieldsAreDecoded() {
        var random = SplitMix64(seed: 16)
        var readable = 0
        for round in 0..<Self.rounds {
            let data =
                round.isMultiple(of: 2)
                ? random.mutation(of: Array(Samples.addresses.prefix(140))) : random.bytes(upTo: 281)
            guard let addresses = AppendedAddresses(data: data) else { continue }
            guard addresses.addresses.count <= 4 else {
                Issue.record("round \(round) of seed 16")
                return
            }
            readable += addresses.addresses.count
        }
        #expect(readable > 1_000)
    }
}
