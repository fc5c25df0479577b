import DeviceIO
import ResidentIDCard
import Testing

/// Exchanges over one line and over split pipes, byte by byte.
@Suite
struct SAMVLinkTests {
    typealias Step = ScriptedByteChannel.Step

    static let findRequest = hex("AAAAAA9669 0003", "20 01", "22")
    static let found = hex("AAAAAA9669 0008", "00009F", "00000000", "97")
    static let noneFound = hex("AAAAAA9669 0004", "000080", "84")

    /// The code with which find ends over one line.
    static func code(_ steps: [Step]) async throws -> ResidentIDError.Code? {
        let clock = ManualClock()
        let channel = ScriptedByteChannel([.discard, .write(findRequest)] + steps, clock: clock)
        let link = SAMVStreamLink(channel: channel, clock: clock)
        let error = await #expect(throws: ResidentIDError.self) {
            try await link.exchange(.find, timeout: .milliseconds(800))
        }
        #expect(channel.isOver)
        #expect(clock.now.offset <= .milliseconds(800))
        return error?.code
    }

    @Test(arguments: [
        [Step.read(found)],
        [.read(hex("AAAAAA")), .read(hex("9669 00")), .read(hex("08 00009F 000000")), .read(hex("00 97"))],
        [.read(hex("00FF AA") + found)],
        // The late answer to a select or a read of module number stands before.
        [.read(hex("AAAAAA9669 000C", "000090", "0000000000000000", "9C") + found)],
        [.read(hex("AAAAAA9669 0004", "000041", "45")), .read(found)],
        // Damaged, and what it swallowed.
        [.read(Array(found.prefix(9)) + found.prefix(7)), .read(Array(found.dropFirst(7)))],
        // A cut answer, and the right one only when nothing more comes.
        [.read(hex("AAAAAA9669 0508 0000") + found), .fail(.timeout)],
    ])
    func theResponseIsFoundOnOneLine(_ steps: [Step]) async throws {
        let clock = ManualClock()
        let channel = ScriptedByteChannel([.discard, .write(Self.findRequest)] + steps, clock: clock)
        let link = SAMVStreamLink(channel: channel, clock: clock)
        let response = try await link.exchange(.find, timeout: .milliseconds(800))
        #expect(response.status == .documentFound)
        #expect(channel.isOver)
    }

    @Test
    func failuresOfOneLineHaveTheirCodes() async throws {
        let wrong = Self.found.dropLast() + [0x98]
        #expect(try await Self.code([.fail(.timeout)]) == .timeout)
        #expect(try await Self.code([.read(hex("AAAAAA")), .fail(.timeout)]) == .frameMalformed)
        #expect(try await Self.code([.read(Array(wrong))]) == .checksum)
        #expect(try await Self.code([.read(Array(wrong) + [0xAA]), .fail(.timeout)]) == .checksum)
        #expect(try await Self.code([.read(hex("AAAAAA9669 FFFF")), .fail(.timeout)]) == .frameMalformed)
        #expect(try await Self.code([.read(hex("AAAAAA9669 0004 000041 45")), .fail(.timeout)]) == .frameMalformed)
        #expect(try await Self.code([.read([])]) == .timeout)
        #expect(try await Self.code([.fail(.unplugged)]) == .lineFailed)
        #expect(try await Self.code([.fail(.stalled)]) == .lineFailed)
    }

    @Test
    func aFailedWriteAndAFailedDiscardHaveTheirCodes() async {
        for (steps, code) in [
            ([Step.fail(.unplugged)], ResidentIDError.Code.lineFailed),
            ([.discard, .fail(.timeout)], .timeout),
            ([.discard, .cancel], .cancelled),
        ] {
            let clock = ManualClock()
            let link = SAMVStreamLink(channel: ScriptedByteChannel(steps, clock: clock), clock: clock)
            let error = await Task {
                await #expect(throws: ResidentIDError.self) { try await link.exchange(.find, timeout: .seconds(1)) }
            }.value
            #expect(error?.code == code)
            #expect((error?.cause as? DeviceError) != nil)
        }
    }

    @Test
    func aReaderThatSendsWithoutEndIsGivenUp() async throws {
        let steps = Array(repeating: Step.read(Array(repeating: 0x55, count: 2_048)), count: 8)
        #expect(try await Self.code(steps) == .frameMalformed)
    }

    @Test
    func aReaderThatDribblesIsGivenUpAtTheDeadline() async {
        struct DribblingChannel: ByteChannel {
            let clock: ManualClock

            func write(_ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {}

            func read(countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
                clock.advance(by: .milliseconds(50))
                return [0x00]
            }

            func discardInput() async throws(DeviceError) {}
        }
        let clock = ManualClock()
        let link = SAMVStreamLink(channel: DribblingChannel(clock: clock), clock: clock)
        let error = await #expect(throws: ResidentIDError.self) {
            try await link.exchange(.find, timeout: .milliseconds(800))
        }
        #expect(error?.code == .timeout)
        #expect(clock.now.offset == .milliseconds(800))
    }

    /// The status over split pipes: what the head pipe and what the body pipe play.
    static func split(_ head: [Step], _ body: [Step]) async throws -> SAMVStatus {
        let clock = ManualClock()
        let headChannel = ScriptedByteChannel([.discard, .write(hex("AAAAAA9669 0003"))] + head, clock: clock)
        let bodyChannel = ScriptedByteChannel([.discard, .write(hex("20 01 22"))] + body, clock: clock)
        let link = SAMVSplitLink(head: headChannel, body: bodyChannel, clock: clock)
        do {
            let response = try await link.exchange(.find, timeout: .milliseconds(800))
            #expect(headChannel.isOver && bodyChannel.isOver)
            return response.status
        } catch {
            #expect(headChannel.isOver && bodyChannel.isOver)
            throw error
        }
    }

    @Test
    func headAndBodyComeByTheirPipes() async throws {
        let header = Step.read(hex("AAAAAA9669 0008"))
        let body = Step.read(hex("00009F 00000000 97"))
        #expect(try await Self.split([header], [body]) == .documentFound)
        // In pieces.
        let pieces: [Step] = [.read(hex("00009F")), .read(hex("00000000 97"))]
        #expect(try await Self.split([.read(hex("AAAAAA96")), .read(hex("69 0008"))], pieces) == .documentFound)
        // Garbage before the header; the scripted pipe keeps what was not wanted.
        #expect(try await Self.split([.read(hex("00AA55 AAAAAA9669 0008"))], [body]) == .documentFound)
        // A late answer before the right one.
        let late = Step.read(hex("AAAAAA9669 0004"))
        #expect(try await Self.split([late, header], [.read(hex("000041 45")), body]) == .documentFound)
    }

    @Test
    func failuresOfSplitPipesHaveTheirCodes() async throws {
        let header = Step.read(hex("AAAAAA9669 0008"))
        let table: [([Step], [Step], ResidentIDError.Code)] = [
            ([.fail(.timeout)], [], .timeout),
            ([header], [.fail(.timeout)], .frameMalformed),
            ([header], [.read(hex("00009F")), .fail(.timeout)], .frameMalformed),
            ([header], [.read(hex("00009F 00000000 99"))], .checksum),
            // A body that looks like the beginning of a frame leads nowhere.
            ([header], [.read(hex("AAAAAA9669 0508 00"))], .checksum),
            ([header], [.fail(.stalled)], .lineFailed),
            ([.fail(.unplugged)], [], .lineFailed),
        ]
        for (head, body, code) in table {
            let error = await #expect(throws: ResidentIDError.self) { try await Self.split(head, body) }
            #expect(error?.code == code)
        }
    }
}
