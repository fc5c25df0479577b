extension StatusWord {
    /// What a status word says, by ISO 7816-4 table 6 and the values seen on social-security and financial cards.
    public enum Meaning: Hashable, Sendable {
        /// Carried out without remark.
        case success
        /// Carried out; this many bytes wait for GET RESPONSE.
        case bytesAvailable(Int)
        /// Not carried out; send again with this expected length.
        case wrongExpectedLength(Int)
        /// Carried out with a remark, memory unchanged (62xx).
        case warning
        /// Carried out with a remark, memory changed (63xx).
        case warningAfterChange
        /// Verification failed; this many tries are left.
        case verificationFailed(triesLeft: Int)
        /// Stopped, memory unchanged (64xx).
        case executionError
        /// Stopped, memory changed (65xx).
        case memoryError
        /// A security-related matter (66xx).
        case securityIssue
        /// Lc or Le is wrong (67xx).
        case wrongLength
        /// The class asks for a function that the card does not have (68xx).
        case classFunctionNotSupported
        /// The security status is not satisfied (6982).
        case securityStatusNotSatisfied
        /// The authentication method or PIN is blocked (6983).
        case authenticationBlocked
        /// The reference data cannot be used (6984).
        case referenceDataNotUsable
        /// The conditions of use are not satisfied (6985).
        case conditionsNotSatisfied
        /// The command is not allowed for another reason (69xx).
        case commandNotAllowed
        /// The data field is wrong (6A80).
        case wrongData
        /// The function is not supported (6A81).
        case functionNotSupported
        /// No such file or application (6A82).
        case fileNotFound
        /// No such record (6A83).
        case recordNotFound
        /// Not enough memory (6A84).
        case notEnoughMemory
        /// No such reference data (6A88).
        case referencedDataNotFound
        /// P1 or P2 is wrong (6A86, 6B00 and the others of 6Axx).
        case wrongParameters
        /// The instruction is not supported or invalid (6Dxx).
        case instructionNotSupported
        /// The class is not supported (6Exx).
        case classNotSupported
        /// No precise diagnosis (6Fxx).
        case noDiagnosis
        /// The message authentication code is wrong (9302).
        case authenticationCodeWrong
        /// The application is locked for ever (9303).
        case applicationLocked
        /// The key index is not supported (9403).
        case keyIndexNotSupported
        /// The wanted authentication code is not available (9406).
        case authenticationCodeNotAvailable
        /// Another value of the application (9xxx).
        case applicationSpecific
        /// No meaning is known, or no status word at all.
        case unknown
    }

    /// What the status word says.
    public var meaning: Meaning {
        switch sw1 {
        case 0x61: .bytesAvailable(bytesAvailable ?? 0)
        case 0x62: .warning
        case 0x63: retriesLeft.map { .verificationFailed(triesLeft: $0) } ?? .warningAfterChange
        case 0x64: .executionError
        case 0x65: .memoryError
        case 0x66: .securityIssue
        case 0x67: .wrongLength
        case 0x68: .classFunctionNotSupported
        case 0x69: meaningOfNotAllowed
        case 0x6A: meaningOfWrongParameters
        case 0x6B: .wrongParameters
        case 0x6C: .wrongExpectedLength(correctLength ?? 0)
        case 0x6D: .instructionNotSupported
        case 0x6E: .classNotSupported
        case 0x6F: .noDiagnosis
        case 0x90...0x9F: meaningOfApplication
        default: .unknown
        }
    }

    private var meaningOfNotAllowed: Meaning {
        switch sw2 {
        case 0x82: .securityStatusNotSatisfied
        case 0x83: .authenticationBlocked
        case 0x84: .referenceDataNotUsable
        case 0x85: .conditionsNotSatisfied
        default: .commandNotAllowed
        }
    }

    private var meaningOfWrongParameters: Meaning {
        switch sw2 {
        case 0x80: .wrongData
        case 0x81: .functionNotSupported
        case 0x82: .fileNotFound
        case 0x83: .recordNotFound
        case 0x84: .notEnoughMemory
        case 0x88: .referencedDataNotFound
        default: .wrongParameters
        }
    }

    private var meaningOfApplication: Meaning {
        switch rawValue {
        case 0x9000: .success
        case 0x9302: .authenticationCodeWrong
        case 0x9303: .applicationLocked
        case 0x9403: .keyIndexNotSupported
        case 0x9406: .authenticationCodeNotAvailable
        default: .applicationSpecific
        }
    }
}
