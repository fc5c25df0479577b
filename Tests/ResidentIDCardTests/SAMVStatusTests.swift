import ResidentIDCard
import Testing

/// The table of PROTOCOLS.md 2.3.
@Suite
struct SAMVStatusTests {
    @Test(arguments: [
        ("000090", SAMVStatus.Meaning.success), ("00009F", .documentFound), ("000010", .requestChecksumWrong),
        ("000011", .requestLengthWrong), ("000021", .commandUnknown), ("000024", .unspecifiedError),
        ("000031", .documentAuthenticationFailed), ("6A8231", .documentAuthenticationFailed),
        ("000032", .moduleAuthenticationFailed), ("000033", .verificationFailed), ("000040", .wrongDocumentKind),
        ("000041", .readFailed), ("698241", .readFailed), ("000047", .challengeFailed), ("670047", .challengeFailed),
        ("000060", .selfTestFailed), ("000066", .notAuthorised), ("000080", .findFailed), ("000081", .selectFailed),
        ("FFFF81", .selectFailed), ("000091", .noContent), ("0000A0", .unknown), ("0000B0", .unknown),
        ("010090", .unknown), ("00019F", .unknown), ("900000", .unknown), ("000000", .unknown),
    ])
    func wordsHaveTheirMeaning(_ word: String, _ meaning: SAMVStatus.Meaning) {
        let bytes = hex(word)
        let status = SAMVStatus(bytes[0], bytes[1], bytes[2])
        #expect(status.meaning == meaning)
        #expect(status.description.filter { $0 != " " } == word)
        #expect(SAMVStatus(rawValue: status.rawValue) == status)
    }

    @Test
    func everyMeaningHasATextOfItsOwn() {
        #expect(Set(SAMVStatus.Meaning.allCases.map(\.rawValue)).count == SAMVStatus.Meaning.allCases.count)
    }

    /// Which words only one command can have as its answer, and how long a success is.
    @Test(arguments: [
        ("00009F", 4, [SAMVCommand.find]),
        ("000080", 0, [.find]),
        ("000081", 0, [.select]),
        ("698241", 0, [.read, .readFingerprint, .readAddresses]),
        ("000091", 0, [.read, .readFingerprint, .readAddresses]),
        ("000090", 0, [.reset, .status, .select]),
        ("000090", 8, [.reset, .status, .select]),
        ("000090", 16, [.samIdentifier]),
        ("000090", 280, [.readAddresses, .read, .readFingerprint]),
        ("000090", 1_284, [.read, .readFingerprint]),
        ("000090", 1_798, [.readFingerprint]),
        ("000090", 2_311, []),
    ])
    func lateAnswersAreToldByTheirWordAndLength(_ word: String, _ count: Int, _ commands: [SAMVCommand]) {
        let bytes = hex(word)
        let response = SAMVResponse(
            status: SAMVStatus(bytes[0], bytes[1], bytes[2]),
            data: Array(repeating: 0, count: count)
        )
        let all: [SAMVCommand] = [
            .reset, .status, .samIdentifier, .find, .select, .read, .readFingerprint, .readAddresses,
        ]
        #expect(Set(all.filter { $0.admits(response) }) == Set(commands))
    }

    @Test(arguments: [0x10, 0x11, 0x21, 0x24, 0x31, 0x32, 0x33, 0x40, 0x47, 0x60, 0x66, 0xA0] as [UInt8])
    func failuresOfEveryCommandAreAdmittedByAll(_ word: UInt8) {
        let response = SAMVResponse(status: SAMVStatus(0, 0, word))
        for command in [SAMVCommand.reset, .samIdentifier, .find, .select, .read, .readAddresses] {
            #expect(command.admits(response))
        }
    }
}
