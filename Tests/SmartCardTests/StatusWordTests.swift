import SmartCard
import Testing

@Suite
struct StatusWordTests {
    @Test(
        arguments: [
            (0x9000, .success),
            (0x6118, .bytesAvailable(24)),
            (0x6100, .bytesAvailable(256)),
            (0x6C12, .wrongExpectedLength(18)),
            (0x6C00, .wrongExpectedLength(256)),
            (0x6282, .warning),
            (0x6300, .warningAfterChange),
            (0x63C2, .verificationFailed(triesLeft: 2)),
            (0x63C0, .verificationFailed(triesLeft: 0)),
            (0x6400, .executionError),
            (0x6581, .memoryError),
            (0x6600, .securityIssue),
            (0x6700, .wrongLength),
            (0x6881, .classFunctionNotSupported),
            (0x6982, .securityStatusNotSatisfied),
            (0x6983, .authenticationBlocked),
            (0x6984, .referenceDataNotUsable),
            (0x6985, .conditionsNotSatisfied),
            (0x6986, .commandNotAllowed),
            (0x6A80, .wrongData),
            (0x6A81, .functionNotSupported),
            (0x6A82, .fileNotFound),
            (0x6A83, .recordNotFound),
            (0x6A84, .notEnoughMemory),
            (0x6A86, .wrongParameters),
            (0x6A88, .referencedDataNotFound),
            (0x6B00, .wrongParameters),
            (0x6D00, .instructionNotSupported),
            (0x6E00, .classNotSupported),
            (0x6F00, .noDiagnosis),
            (0x9302, .authenticationCodeWrong),
            (0x9303, .applicationLocked),
            (0x9403, .keyIndexNotSupported),
            (0x9406, .authenticationCodeNotAvailable),
            (0x9401, .applicationSpecific),
            (0x6000, .unknown),
            (0x0000, .unknown),
        ] as [(UInt16, StatusWord.Meaning)]
    )
    func saysWhatItMeans(_ rawValue: UInt16, _ meaning: StatusWord.Meaning) {
        #expect(StatusWord(rawValue).meaning == meaning)
    }

    @Test
    func countsAreGivenOnlyWhereTheStatusWordCarriesThem() {
        for rawValue in UInt16.min...UInt16.max {
            let statusWord = StatusWord(rawValue)
            let hasRightCounts =
                (statusWord.retriesLeft != nil) == (rawValue & 0xFFF0 == 0x63C0)
                && (statusWord.bytesAvailable != nil) == (rawValue >> 8 == 0x61)
                && (statusWord.correctLength != nil) == (rawValue >> 8 == 0x6C)
                && (statusWord.isSuccess == (statusWord.meaning == .success))
            guard hasRightCounts else {
                Issue.record("\(statusWord)")
                return
            }
        }
        #expect(StatusWord(0x63C3).retriesLeft == 3)
        #expect(StatusWord(0x6100).bytesAvailable == 256)
        #expect(StatusWord(0x6CFF).correctLength == 255)
    }

    @Test
    func bytesAndTextAgree() {
        let statusWord = StatusWord(sw1: 0x6A, sw2: 0x82)
        #expect(statusWord == .fileNotFound)
        #expect(statusWord.sw1 == 0x6A)
        #expect(statusWord.sw2 == 0x82)
        #expect(statusWord.description == "6A82")
        #expect(StatusWord(rawValue: 0x6A82) == statusWord)
    }
}
