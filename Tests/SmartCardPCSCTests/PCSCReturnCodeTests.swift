import SmartCard
import Testing

@testable import SmartCardPCSC

@Suite struct PCSCReturnCodeTests {
    @Test func keepsTheLow32BitsWhateverTheWidth() {
        #expect(PCSCReturnCode(0x8010_001D as Int) == .noService)
        #expect(PCSCReturnCode(Int32(bitPattern: 0x8010_001D)) == .noService)
        #expect(PCSCReturnCode(-0x7FEF_FFE3 as Int) == .noService)
        #expect(PCSCReturnCode(0 as Int) == .success)
    }

    @Test func namesWhatItKnowsAndShowsWhatItDoesNotKnow() {
        #expect(PCSCReturnCode.noService.description == "SCARD_E_NO_SERVICE (0x8010001D)")
        #expect(PCSCReturnCode.success.description == "SCARD_S_SUCCESS (0x00000000)")
        #expect(PCSCReturnCode(rawValue: 0x8010_00FF).description == "0x801000FF")
        #expect(PCSCReturnCode(rawValue: 0x8010_00FF).name == nil)
    }

    @Test(arguments: [
        (PCSCReturnCode.serviceStopped, PCSCStep.establish, SmartCardError.Code.protocolMismatch),
        (.noService, .establish, .serviceNotRunning),
        (.securityViolation, .establish, .accessDenied),
        (.communicationError, .establish, .failure),
        (.noMemory, .establish, .failure),
        (.noService, .status, .serviceNotRunning),
        (.serviceStopped, .status, .serviceNotRunning),
        (.communicationError, .status, .serviceNotRunning),
        (.securityViolation, .status, .serviceNotRunning),
        (.noReadersAvailable, .status, .noReaders),
        (.invalidParameter, .status, .failure),
        (.unknownReader, .connect, .readerNotFound),
        (.noSmartCard, .connect, .cardAbsent),
        (.removedCard, .connect, .cardAbsent),
        (.sharingViolation, .connect, .readerSharingViolation),
        (.unpoweredCard, .connect, .cardMute),
        (.unresponsiveCard, .connect, .cardMute),
        (.protocolMismatch, .connect, .cardProtocolUnsupported),
        (.unsupportedCard, .connect, .cardProtocolUnsupported),
        (.readerUnavailable, .connect, .readerUnplugged),
        (.securityViolation, .connect, .accessDenied),
        (.resetCard, .transaction, .cardReset),
        (.invalidValue, .transaction, .readerUnplugged),
        (.removedCard, .exchange, .cardRemoved),
        (.noSmartCard, .exchange, .cardRemoved),
        (.resetCard, .exchange, .cardReset),
        (.notTransacted, .exchange, .cardCommunication),
        (.communicationDataLost, .exchange, .cardCommunication),
        (.readerUnavailable, .exchange, .readerUnplugged),
        (.unknownReader, .exchange, .readerUnplugged),
        (.invalidHandle, .exchange, .readerUnplugged),
        (.securityViolation, .exchange, .serviceNotRunning),
        (.communicationError, .exchange, .serviceNotRunning),
        (.timeout, .exchange, .readerTimeout),
        (.insufficientBuffer, .exchange, .apduResponseTooLong),
    ])
    func hasItsFailureCodeAtEachStep(returned: PCSCReturnCode, step: PCSCStep, code: SmartCardError.Code) {
        #expect(returned.errorCode(at: step) == code)
    }

    @Test(arguments: PCSCStep.allCases)
    func unknownResultsAreFailuresAtEveryStep(step: PCSCStep) {
        #expect(PCSCReturnCode(rawValue: 0x8010_00FF).errorCode(at: step) == .failure)
    }

    @Test func becomesTheCauseOfAnError() {
        let error = SmartCardError(.removedCard, at: .exchange, "an exchange failed")
        #expect(error.code == .cardRemoved)
        #expect(error.cause as? PCSCReturnCode == .removedCard)
    }
}
