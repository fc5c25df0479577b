import SeededRandom
import SmartCard
import Testing

@Suite
struct CommandAPDUTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var command: CommandAPDU
    }

    static let vectors = [
        Vector(
            testDescription: "case 1",
            bytes: hex("00 A4 00 00"),
            command: CommandAPDU(ins: 0xA4)
        ),
        Vector(
            testDescription: "case 2 short: READ RECORD 1 of 18 bytes",
            bytes: hex("00 B2 01 04", "12"),
            command: CommandAPDU(ins: 0xB2, p1: 0x01, p2: 0x04, expectedLength: 18)
        ),
        Vector(
            testDescription: "case 2 short: Le 00 is 256",
            bytes: hex("00 C0 00 00", "00"),
            command: CommandAPDU(ins: 0xC0, expectedLength: 256)
        ),
        Vector(
            testDescription: "case 2 extended",
            bytes: hex("00 B0 00 00", "00 0101"),
            command: CommandAPDU(ins: 0xB0, expectedLength: 257)
        ),
        Vector(
            testDescription: "case 2 extended: Le 0000 is 65,536",
            bytes: hex("00 B0 00 00", "00 0000"),
            command: CommandAPDU(ins: 0xB0, expectedLength: 65_536)
        ),
        Vector(
            testDescription: "case 3 short: SELECT EF05",
            bytes: hex("00 A4 02 00", "02", "EF05"),
            command: CommandAPDU(ins: 0xA4, p1: 0x02, data: [0xEF, 0x05])
        ),
        Vector(
            testDescription: "case 3 extended",
            bytes: hex("80 D6 00 00", "00 0100") + Array(repeating: 0x55, count: 256),
            command: CommandAPDU(cla: 0x80, ins: 0xD6, data: Array(repeating: 0x55, count: 256))
        ),
        Vector(
            testDescription: "case 4 short",
            bytes: hex("00 88 00 00", "03", "010203", "08"),
            command: CommandAPDU(ins: 0x88, data: [1, 2, 3], expectedLength: 8)
        ),
        Vector(
            testDescription: "case 4 extended by data",
            bytes: hex("00 88 00 00", "00 0100") + Array(repeating: 0x55, count: 256) + hex("0008"),
            command: CommandAPDU(ins: 0x88, data: Array(repeating: 0x55, count: 256), expectedLength: 8)
        ),
        Vector(
            testDescription: "case 4 extended by expected length",
            bytes: hex("00 88 00 00", "00 0001", "AB", "0000"),
            command: CommandAPDU(ins: 0x88, data: [0xAB], expectedLength: 65_536)
        ),
        Vector(
            testDescription: "case 4 extended with as much data as there can be",
            bytes: hex("00 88 00 00", "00 FFFF") + Array(repeating: 0x55, count: 65_535) + hex("0001"),
            command: CommandAPDU(ins: 0x88, data: Array(repeating: 0x55, count: 65_535), expectedLength: 1)
        ),
    ]

    @Test(arguments: vectors)
    func encodesAndParsesEachForm(_ vector: Vector) throws {
        #expect(vector.command.bytes == vector.bytes)
        #expect(vector.command.encodedLength == vector.bytes.count)
        #expect(try CommandAPDU(bytes: vector.bytes) == vector.command)
    }

    @Test
    func parsesCollectionsThatAreNotContiguous() throws {
        let bytes = hex("00 A4 02 00", "02", "EF05")
        #expect(try CommandAPDU(bytes: bytes.reversed().reversed() as ReversedCollection) == CommandAPDU(bytes: bytes))
        #expect(try CommandAPDU(bytes: ([0xFF] + bytes)[1...]) == CommandAPDU(bytes: bytes))
    }

    @Test
    func acceptsTheExtendedFormWhereTheShortOneWouldDo() throws {
        let command = try CommandAPDU(bytes: hex("00 A4 02 00", "00 0002", "EF05"))
        #expect(command.bytes == hex("00 A4 02 00", "02", "EF05"))
    }

    @Test(arguments: [
        hex(""),
        hex("00"),
        hex("00 A4 00"),
        hex("00 A4 00 00", "00 00"),  // neither Lc nor Le
        hex("00 A4 00 00", "02", "EF"),  // data cut
        hex("00 A4 00 00", "02", "EF05", "00 00"),  // two bytes behind the data
        hex("00 A4 00 00", "00 0000", "00"),  // extended Lc of 0
        hex("00 A4 00 00", "00 0000", "0000"),  // the same, with an extended Le
        hex("00 A4 00 00", "00 0002", "EF"),  // extended data cut
        hex("00 A4 00 00", "00 0002", "EF05", "00"),  // half an extended Le
        hex("00 A4 00 00", "00 0002", "EF05", "0000 00"),
    ])
    func refusesEverythingElse(_ bytes: [UInt8]) {
        let error = #expect(throws: SmartCardError.self) { try CommandAPDU(bytes: bytes) }
        #expect(error?.code == .apduMalformed)
    }

    @Test
    func descriptionShowsNoData() {
        let command = CommandAPDU(ins: 0x20, data: [0x12, 0x34, 0x56], expectedLength: 256)
        #expect(command.description == "00200000 Lc=3 Le=256")
        #expect(command.debugDescription == command.description)
        #expect(CommandAPDU(ins: 0x84).description == "00840000")
    }

    @Test
    func lengthsOutOfBoundsStopTheProgram() async {
        await #expect(processExitsWith: .failure) { _ = CommandAPDU(ins: 0xB0, expectedLength: 0) }
        await #expect(processExitsWith: .failure) { _ = CommandAPDU(ins: 0xB0, expectedLength: 65_537) }
        await #expect(processExitsWith: .failure) {
            _ = CommandAPDU(ins: 0xD6, data: Array(repeating: 0, count: 65_536))
        }
    }

    @Test
    func hundredThousandInputsParseOrAreRefused() throws {
        var random = SplitMix64(seed: 1)
        let valid = Self.vectors.map(\.bytes).filter { $0.count < 600 }
        for round in 0..<100_000 {
            let bytes =
                round.isMultiple(of: 2) ? random.bytes(upTo: 24) : random.mutation(of: valid[random.below(valid.count)])
            guard let command = try? CommandAPDU(bytes: bytes) else { continue }
            // What was parsed says the same when it is sent.
            let again = command.bytes
            guard again.count <= bytes.count, try CommandAPDU(bytes: again) == command else {
                Issue.record("round \(round) of seed 1: \(bytes)")
                return
            }
        }
    }
}
