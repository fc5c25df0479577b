import CPCSCLite

/// A result of libpcsclite, with its C name; values that this version does not know are kept as they are.
///
/// The C results are `LONG`s: 64 bits wide and positive here, 32 bits wide and negative elsewhere. Only the low 32 bits carry
/// meaning, so only they are kept and compared (PROTOCOLS.md 3.1).
public struct PCSCReturnCode: RawRepresentable, Hashable, Sendable, Error, CustomStringConvertible {
    /// The low 32 bits of the C value, such as `0x8010001D`.
    public let rawValue: UInt32

    /// Takes the low 32 bits of a C value.
    ///
    /// - Parameter rawValue: The low 32 bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Takes a C result of whatever width.
    ///
    /// - Parameter result: What a function of libpcsclite returned.
    public init(_ result: some BinaryInteger) {
        rawValue = UInt32(truncatingIfNeeded: result)
    }

    /// The C name with the value, such as `SCARD_E_NO_SERVICE (0x8010001D)`.
    public var description: String {
        let digits = String(rawValue, radix: 16, uppercase: true)
        let value = "0x" + String(repeating: "0", count: 8 - digits.count) + digits
        guard let name else { return value }
        return "\(name) (\(value))"
    }

    /// The C name, or nil for a value without one.
    public var name: String? { Self.names[self] }
}

extension PCSCReturnCode {
    /// `SCARD_S_SUCCESS`.
    public static let success = PCSCReturnCode(SCARD_S_SUCCESS)
    /// `SCARD_E_CANCELLED`.
    public static let cancelled = PCSCReturnCode(SCARD_E_CANCELLED)
    /// `SCARD_E_INVALID_HANDLE`.
    public static let invalidHandle = PCSCReturnCode(SCARD_E_INVALID_HANDLE)
    /// `SCARD_E_INVALID_PARAMETER`.
    public static let invalidParameter = PCSCReturnCode(SCARD_E_INVALID_PARAMETER)
    /// `SCARD_E_NO_MEMORY`.
    public static let noMemory = PCSCReturnCode(SCARD_E_NO_MEMORY)
    /// `SCARD_E_INSUFFICIENT_BUFFER`.
    public static let insufficientBuffer = PCSCReturnCode(SCARD_E_INSUFFICIENT_BUFFER)
    /// `SCARD_E_UNKNOWN_READER`.
    public static let unknownReader = PCSCReturnCode(SCARD_E_UNKNOWN_READER)
    /// `SCARD_E_TIMEOUT`.
    public static let timeout = PCSCReturnCode(SCARD_E_TIMEOUT)
    /// `SCARD_E_SHARING_VIOLATION`.
    public static let sharingViolation = PCSCReturnCode(SCARD_E_SHARING_VIOLATION)
    /// `SCARD_E_NO_SMARTCARD`.
    public static let noSmartCard = PCSCReturnCode(SCARD_E_NO_SMARTCARD)
    /// `SCARD_E_UNKNOWN_CARD`.
    public static let unknownCard = PCSCReturnCode(SCARD_E_UNKNOWN_CARD)
    /// `SCARD_E_PROTO_MISMATCH`.
    public static let protocolMismatch = PCSCReturnCode(SCARD_E_PROTO_MISMATCH)
    /// `SCARD_E_NOT_READY`.
    public static let notReady = PCSCReturnCode(SCARD_E_NOT_READY)
    /// `SCARD_E_INVALID_VALUE`.
    public static let invalidValue = PCSCReturnCode(SCARD_E_INVALID_VALUE)
    /// `SCARD_F_COMM_ERROR`.
    public static let communicationError = PCSCReturnCode(SCARD_F_COMM_ERROR)
    /// `SCARD_F_INTERNAL_ERROR`.
    public static let internalError = PCSCReturnCode(SCARD_F_INTERNAL_ERROR)
    /// `SCARD_E_NOT_TRANSACTED`.
    public static let notTransacted = PCSCReturnCode(SCARD_E_NOT_TRANSACTED)
    /// `SCARD_E_READER_UNAVAILABLE`.
    public static let readerUnavailable = PCSCReturnCode(SCARD_E_READER_UNAVAILABLE)
    /// `SCARD_E_CARD_UNSUPPORTED`.
    public static let cardUnsupported = PCSCReturnCode(SCARD_E_CARD_UNSUPPORTED)
    /// `SCARD_E_NO_SERVICE`.
    public static let noService = PCSCReturnCode(SCARD_E_NO_SERVICE)
    /// `SCARD_E_SERVICE_STOPPED`.
    public static let serviceStopped = PCSCReturnCode(SCARD_E_SERVICE_STOPPED)
    /// `SCARD_E_NO_READERS_AVAILABLE`.
    public static let noReadersAvailable = PCSCReturnCode(SCARD_E_NO_READERS_AVAILABLE)
    /// `SCARD_E_COMM_DATA_LOST`.
    public static let communicationDataLost = PCSCReturnCode(SCARD_E_COMM_DATA_LOST)
    /// `SCARD_W_UNSUPPORTED_CARD`.
    public static let unsupportedCard = PCSCReturnCode(SCARD_W_UNSUPPORTED_CARD)
    /// `SCARD_W_UNRESPONSIVE_CARD`.
    public static let unresponsiveCard = PCSCReturnCode(SCARD_W_UNRESPONSIVE_CARD)
    /// `SCARD_W_UNPOWERED_CARD`.
    public static let unpoweredCard = PCSCReturnCode(SCARD_W_UNPOWERED_CARD)
    /// `SCARD_W_RESET_CARD`.
    public static let resetCard = PCSCReturnCode(SCARD_W_RESET_CARD)
    /// `SCARD_W_REMOVED_CARD`.
    public static let removedCard = PCSCReturnCode(SCARD_W_REMOVED_CARD)
    /// `SCARD_W_SECURITY_VIOLATION`.
    public static let securityViolation = PCSCReturnCode(SCARD_W_SECURITY_VIOLATION)

    private static let names: [PCSCReturnCode: String] = [
        success: "SCARD_S_SUCCESS",
        cancelled: "SCARD_E_CANCELLED",
        invalidHandle: "SCARD_E_INVALID_HANDLE",
        invalidParameter: "SCARD_E_INVALID_PARAMETER",
        noMemory: "SCARD_E_NO_MEMORY",
        insufficientBuffer: "SCARD_E_INSUFFICIENT_BUFFER",
        unknownReader: "SCARD_E_UNKNOWN_READER",
        timeout: "SCARD_E_TIMEOUT",
        sharingViolation: "SCARD_E_SHARING_VIOLATION",
        noSmartCard: "SCARD_E_NO_SMARTCARD",
        unknownCard: "SCARD_E_UNKNOWN_CARD",
        protocolMismatch: "SCARD_E_PROTO_MISMATCH",
        notReady: "SCARD_E_NOT_READY",
        invalidValue: "SCARD_E_INVALID_VALUE",
        communicationError: "SCARD_F_COMM_ERROR",
        internalError: "SCARD_F_INTERNAL_ERROR",
        notTransacted: "SCARD_E_NOT_TRANSACTED",
        readerUnavailable: "SCARD_E_READER_UNAVAILABLE",
        cardUnsupported: "SCARD_E_CARD_UNSUPPORTED",
        noService: "SCARD_E_NO_SERVICE",
        serviceStopped: "SCARD_E_SERVICE_STOPPED",
        noReadersAvailable: "SCARD_E_NO_READERS_AVAILABLE",
        communicationDataLost: "SCARD_E_COMM_DATA_LOST",
        unsupportedCard: "SCARD_W_UNSUPPORTED_CARD",
        unresponsiveCard: "SCARD_W_UNRESPONSIVE_CARD",
        unpoweredCard: "SCARD_W_UNPOWERED_CARD",
        resetCard: "SCARD_W_RESET_CARD",
        removedCard: "SCARD_W_REMOVED_CARD",
        securityViolation: "SCARD_W_SECURITY_VIOLATION",
    ]
}
