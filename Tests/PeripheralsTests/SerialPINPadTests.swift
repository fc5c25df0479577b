import Peripherals
import SeededRandom
import Testing

@Suite
struct SerialPINPadTests {
    private static func frame(
        end: UInt8? = 0x03,
        escape: UInt8? = nil,
        mask: UInt8 = 0,
        _ length: SerialPINPadFrame.LengthField = .none,
        _ checksum: SerialPINPadFrame.Checksum = .none,
        follows: Bool = false
    ) throws -> SerialPINPadFrame {
        try SerialPINPadFrame(
            start: 0x02,
            end: end,
            escape: escape,
            escapeMask: mask,
            lengthField: length,
            checksum: checksum,
            checksumFollowsEnd: follows
        )
    }

    /// Every combination that a description can have.
    private static func frames() -> [SerialPINPadFrame] {
        var frames: [SerialPINPadFrame] = []
        for end: UInt8? in [nil, 0x03] {
            for (escape, mask) in [(nil, 0), (0x1B, 0), (0x1B, 0x80)] as [(UInt8?, UInt8)] {
                for length in SerialPINPadFrame.LengthField.allCases {
                    for checksum in SerialPINPadFrame.Checksum.allCases {
                        for follows in [false, true] {
                            let frame = try? frame(
                                end: end,
                                escape: escape,
                                mask: mask,
                                length,
                                checksum,
                                follows: follows
                            )
                            if let frame { frames.append(frame) }
                        }
                    }
                }
            }
        }
        return frames
    }

    /// Feeds bytes and gathers the payloads of the whole frames.
    private func payloads(
        _ parser: inout SerialPINPadParser,
        _ bytes: [UInt8]
    ) -> (payloads: [[UInt8]], outcomes: [SerialPINPadParser.Outcome]) {
        var payloads: [[UInt8]] = []
        var bytes = bytes
        let outcomes = parser.take(&bytes) { index, byte in
            if index == 0 { payloads.append([]) }
            payloads[payloads.count - 1].append(byte)
        }
        #expect(bytes.allSatisfy { $0 == 0 })
        return (payloads, outcomes)
    }

    @Test
    func framesAreEncoded() throws {
        #expect(try Self.frame().encode([0x41]) == hex("02 41 03"))
        #expect(try Self.frame(.none, .xor, follows: true).encode([0x41, 0x42]) == hex("02 4142 03 00"))
        #expect(try Self.frame(.oneByte, .sum).encode([0x41, 0x42]) == hex("02 02 4142 85 03"))
        #expect(try Self.frame(end: nil, .twoBytesBigEndian).encode([0x41]) == hex("02 0001 41"))
        #expect(try Self.frame(end: nil, .twoBytesLittleEndian).encode([0x41]) == hex("02 0100 41"))
        let escaped = try Self.frame(escape: 0x1B, mask: 0x80)
        #expect(try escaped.encode([0x02, 0x03, 0x1B, 0x41]) == hex("02 1B82 1B83 1B9B 41 03"))
    }

    @Test
    func commandsThatAFrameCannotCarryAreRefused() throws {
        let error = #expect(throws: PeripheralError.self) { try Self.frame().encode([0x03]) }
        #expect(error?.code == .pinpadProfile)
        let long = [UInt8](repeating: 0x41, count: 256)
        #expect(throws: PeripheralError.self) { try Self.frame(.oneByte).encode(long) }
        #expect(throws: PeripheralError.self) { try Self.frame().encode(long + [0x41]) }
        #expect(try Self.frame().encode(long).count == 258)
    }

    @Test
    func descriptionsThatContradictThemselvesAreRefused() {
        #expect(throws: PeripheralError.self) { try Self.frame(end: nil) }
        #expect(throws: PeripheralError.self) { try Self.frame(end: 0x02) }
        #expect(throws: PeripheralError.self) { try Self.frame(escape: 0x03) }
        #expect(throws: PeripheralError.self) { try Self.frame(escape: 0x1B, mask: 0x01) }
        #expect(throws: PeripheralError.self) { try Self.frame(mask: 0x80) }
        #expect(throws: PeripheralError.self) { try Self.frame(follows: true) }
        #expect(throws: PeripheralError.self) { try Self.frame(end: nil, .oneByte, .xor, follows: true) }
        #expect(Self.frames().count > 40)
    }

    /// Every payload that a frame carries comes out again, in any pieces, behind noise.
    @Test
    func payloadsSurviveTheLine() {
        var random = SplitMix64(seed: 61)
        for frame in Self.frames() {
            for round in 0..<60 {
                let special: [UInt8] = [0x02, 0x03, 0x1B, 0x82, 0x00]
                let payload =
                    random.bytes(upTo: 40).map { random.below(3) == 0 ? special[random.below(5)] : $0 } + [0x30]
                guard let bytes = try? frame.encode(payload) else { continue }
                var parser = SerialPINPadParser(frame: frame)
                _ = payloads(&parser, [0x00, 0x03, 0x7F])
                let got = payloads(&parser, bytes + bytes)
                let pieces = bytes.flatMap { payloads(&parser, [$0]).outcomes }
                guard got.payloads == [payload, payload], got.outcomes == [.frame, .frame], pieces == [.frame],
                    !parser.isInsideFrame
                else {
                    Issue.record("round \(round) of \(frame)")
                    return
                }
            }
        }
    }

    @Test
    func aWrongChecksumLengthOrEndHandsNothingOn() throws {
        let frame = try Self.frame(.oneByte, .xor)
        for wrong in ["02 01 31 31 03", "02 02 31 33 03", "02 01 31 30 04", "02 01 31 30 30 03"] {
            var parser = SerialPINPadParser(frame: frame)
            let got = payloads(&parser, hex(wrong))
            #expect(got.payloads == [])
            #expect(got.outcomes == [.malformed] || parser.isInsideFrame)
            // The next frame is read again.
            let next = payloads(&parser, hex("03 03 03", "02 01 31 30 03", "02 01 31 30 03"))
            #expect(next.payloads.last == [0x31])
        }
    }

    @Test
    func aFrameWithoutEndIsDroppedAtItsLimit() throws {
        var parser = SerialPINPadParser(frame: try Self.frame())
        let got = payloads(&parser, [0x02] + Array(repeating: 0x31, count: 1_000))
        #expect(got.payloads == [])
        #expect(got.outcomes == [.malformed])
    }

    @Test
    func keysAreHandedOnOneByOneAndTheInputIsWiped() throws {
        let codes = try PINPadKeyCodes(enter: 0x0D, cancel: 0x1B, clear: 0x08)
        var parser = SerialPINPadParser(frame: try Self.frame())
        var keys: [PINPadKey] = []
        var bytes = hex("02 31 03 02 39 03 02 08 03 02 7A 03 02 1B 0D 03")
        let outcomes = parser.takeKeys(&bytes, codes: codes) { keys.append($0) }
        #expect(keys == [.digit(0x31), .digit(0x39), .clear, .cancel, .enter])
        #expect(outcomes.count { $0 == .malformed } == 1)
        #expect(bytes.allSatisfy { $0 == 0 })
        let scrambled = try PINPadKeyCodes(digits: Array(0x80...0x89), enter: 1, cancel: 2, clear: 3)
        #expect(scrambled.key(0x87) == .digit(0x37))
        #expect(scrambled.key(0x37) == nil)
    }

    @Test
    func keyCodesMustDiffer() {
        #expect(throws: PeripheralError.self) { try PINPadKeyCodes(enter: 0x31, cancel: 2, clear: 3) }
        #expect(throws: PeripheralError.self) { try PINPadKeyCodes(digits: [1, 2], enter: 4, cancel: 2, clear: 3) }
    }

    /// 100,000 lines changed and at random: what comes out is a whole frame with its checksum, or nothing.
    @Test
    func anyBytesHandOnWholeFramesOnly() throws {
        var random = SplitMix64(seed: 62)
        let frames = Self.frames()
        var whole = 0
        for round in 0..<100_000 {
            let frame = frames[random.below(frames.count)]
            let valid = (try? frame.encode([0x31, 0x32, 0x02, 0x35])) ?? []
            let bytes = round.isMultiple(of: 4) ? random.bytes(upTo: 40) : random.mutation(of: valid + valid)
            var parser = SerialPINPadParser(frame: frame)
            let got = payloads(&parser, bytes)
            whole += got.payloads.count
            let isBounded = got.outcomes.count <= bytes.count && got.payloads.joined().count <= bytes.count
            let isWhole = got.payloads.allSatisfy { payload in
                guard frame.checksum != .none, let again = try? frame.encode(payload) else { return true }
                return frame.escape != nil || contains(bytes, again)
            }
            guard isBounded, isWhole, got.payloads.count <= got.outcomes.count(where: { $0 == .frame }) else {
                Issue.record("round \(round) of seed 62")
                return
            }
        }
        #expect(whole > 50_000)
    }

    private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard bytes.count >= part.count else { return false }
        return (0...(bytes.count - part.count)).contains { bytes[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
