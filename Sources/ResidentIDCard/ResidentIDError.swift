import DeviceIO

/// An error of a resident-ID reader or of the document on it.
///
/// Tests and callers compare ``code`` alone. The message names the command and the status word, never what a document
/// holds, so that an error may be logged as it is.
public struct ResidentIDError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public var code: Code

    /// What was attempted, without data of the document.
    public var message: String

    /// The lower error, if one caused this: that of the line to the reader.
    public var cause: (any Error)?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What was attempted, without data of the document.
    ///   - cause: The lower error, if one caused this.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Code, message and cause on one line.
    public var description: String {
        guard let cause else { return "\(code): \(message)" }
        return "\(code): \(message) (caused by \(cause))"
    }
}

extension ResidentIDError {
    /// An error of the line, as the reader's user sees it.
    ///
    /// - Parameters:
    ///   - error: What the line reports.
    ///   - command: What was attempted.
    init(_ error: DeviceError, _ command: SAMVCommand) {
        let code: Code =
            switch error.code {
            case .timeout: .timeout
            case .cancelled: .cancelled
            default: .lineFailed
            }
        self.init(code, "\(command.title): the line to the reader failed", cause: error)
    }

    /// What a status that is no success means for the person.
    ///
    /// - Parameters:
    ///   - status: The status of the response.
    ///   - command: What was attempted.
    init(_ status: SAMVStatus, _ command: SAMVCommand) {
        let code: Code =
            switch status.meaning {
            case .findFailed: .noDocument
            case .selectFailed: .selectFailed
            case .readFailed, .challengeFailed, .noContent: .readFailed
            case .documentAuthenticationFailed, .moduleAuthenticationFailed, .verificationFailed:
                .authenticationFailed
            case .wrongDocumentKind: .wrongDocumentKind
            case .selfTestFailed: .samSelfTest
            case .notAuthorised: .samNotAuthorised
            case .requestChecksumWrong: .checksum
            case .success, .documentFound, .requestLengthWrong, .commandUnknown, .unspecifiedError, .unknown:
                .refused
            }
        self.init(code, "\(command.title): \(status.meaning.rawValue) (\(status))")
    }
}

extension SAMVCommand {
    /// What the command does, for messages.
    var title: String {
        switch self {
        case .reset: "reset of the security module"
        case .status: "status of the security module"
        case .samIdentifier: "number of the security module"
        case .find: "find"
        case .select: "select"
        case .read: "read"
        case .readFingerprint: "read with fingerprints"
        case .readAddresses: "read of appended addresses"
        default: "command"
        }
    }
}
