import SmartCard

/// What a call to libpcsclite was for: the same result means different things at different steps.
enum PCSCStep: Sendable, Hashable, CaseIterable {
    /// Opening a context: the line to the service.
    case establish
    /// Listing readers and waiting for their changes.
    case status
    /// Connecting to the card on a reader.
    case connect
    /// Taking or giving back the transaction, or reconnecting.
    case transaction
    /// Exchanging an APDU.
    case exchange
}

extension PCSCReturnCode {
    /// The failure code of this result at a step; `pcsc.failure` for a result that has no code of its own.
    ///
    /// - Parameter step: What the call was for.
    /// - Returns: The failure code.
    func errorCode(at step: PCSCStep) -> SmartCardError.Code {
        switch self {
        case .serviceStopped where step == .establish:
            // The service answers so, and only so, to a client of another protocol version.
            return .protocolMismatch
        case .noService, .serviceStopped:
            return .serviceNotRunning
        case .securityViolation where step == .establish || step == .connect:
            return .accessDenied
        case .communicationError where step == .establish:
            return .failure
        case .securityViolation, .communicationError:
            // The library names a line cut in the middle of a call by either, depending on what had been read.
            return .serviceNotRunning
        case .noReadersAvailable:
            return .noReaders
        case .unknownReader:
            return step == .connect ? .readerNotFound : .readerUnplugged
        case .readerUnavailable:
            return .readerUnplugged
        case .invalidHandle, .invalidValue:
            // A handle dies in the service together with its reader.
            return step == .transaction || step == .exchange ? .readerUnplugged : .failure
        case .timeout:
            return .readerTimeout
        case .sharingViolation:
            return .readerSharingViolation
        case .noSmartCard, .removedCard:
            return step == .connect ? .cardAbsent : .cardRemoved
        case .unresponsiveCard, .unpoweredCard:
            return .cardMute
        case .resetCard:
            return .cardReset
        case .protocolMismatch, .unsupportedCard, .cardUnsupported:
            return .cardProtocolUnsupported
        case .notTransacted, .communicationDataLost, .notReady:
            return .cardCommunication
        case .insufficientBuffer:
            return .apduResponseTooLong
        default:
            return .failure
        }
    }

    /// Whether the line to the service is gone: its context and handles are useless even when the service is back.
    var meansContextLost: Bool {
        switch self {
        case .noService, .serviceStopped, .communicationError, .securityViolation, .invalidHandle: true
        default: false
        }
    }
}

extension SmartCardError {
    /// Makes the error of a failed call.
    ///
    /// - Parameters:
    ///   - returned: What the call returned.
    ///   - step: What the call was for.
    ///   - attempt: What was attempted, without card data.
    ///   - fileID: Filled in by the compiler.
    ///   - line: Filled in by the compiler.
    init(
        _ returned: PCSCReturnCode,
        at step: PCSCStep,
        _ attempt: String,
        fileID: String = #fileID,
        line: Int = #line
    ) {
        self.init(returned.errorCode(at: step), attempt, cause: returned, fileID: fileID, line: line)
    }
}
