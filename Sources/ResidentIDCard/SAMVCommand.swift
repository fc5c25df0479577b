/// A command to the security module of a resident-ID reader: the bytes CMD and PARA (PROTOCOLS.md 2.2).
public struct SAMVCommand: Hashable, Sendable {
    /// CMD.
    public let code: UInt8

    /// PARA.
    public let parameter: UInt8

    /// Makes a command.
    ///
    /// - Parameters:
    ///   - code: CMD.
    ///   - parameter: PARA.
    public init(code: UInt8, parameter: UInt8) {
        self.code = code
        self.parameter = parameter
    }

    /// Resets the security module.
    public static let reset = SAMVCommand(code: 0x10, parameter: 0xFF)
    /// Asks whether the security module works.
    public static let status = SAMVCommand(code: 0x11, parameter: 0xFF)
    /// Asks for the number of the security module.
    public static let samIdentifier = SAMVCommand(code: 0x12, parameter: 0xFF)
    /// Looks for a document.
    public static let find = SAMVCommand(code: 0x20, parameter: 0x01)
    /// Selects the document that was found.
    public static let select = SAMVCommand(code: 0x20, parameter: 0x02)
    /// Reads text and photo.
    public static let read = SAMVCommand(code: 0x30, parameter: 0x01)
    /// Reads text, photo and fingerprints.
    public static let readFingerprint = SAMVCommand(code: 0x30, parameter: 0x10)
    /// Reads the addresses that were appended after the document was issued.
    public static let readAddresses = SAMVCommand(code: 0x30, parameter: 0x03)

    /// The request as the reader gets it, with preamble, length and checksum.
    public var frame: [UInt8] { SAMVFrame(payload: [code, parameter]).encoded }
}

extension SAMVCommand {
    /// Whether a response can be the answer to this command.
    ///
    /// A response does not name its command. One that only another command can have is the late answer to an earlier
    /// request. Statuses that every command can have, and those that no list knows, are always admitted.
    ///
    /// - Parameter response: What came.
    /// - Returns: False for a late answer.
    public func admits(_ response: SAMVResponse) -> Bool {
        switch response.status.meaning {
        case .success: successCounts?.contains(response.data.count) ?? false
        case .documentFound, .findFailed: self == .find
        case .selectFailed: self == .select
        case .readFailed, .noContent: code == Self.read.code
        default: true
        }
    }

    /// How many bytes can follow the status `00 00 90` (PROTOCOLS.md 2.2 and 2.4); nil for find, which succeeds with a
    /// status of its own.
    private var successCounts: ClosedRange<Int>? {
        switch self {
        case .find: nil
        case .samIdentifier: SAMIdentifier.byteCount...SAMIdentifier.byteCount
        case .read: DocumentPayload.byteCounts(hasFingerprint: false)
        case .readFingerprint: DocumentPayload.byteCounts(hasFingerprint: true)
        case .readAddresses: AppendedAddresses.byteCount...(AppendedAddresses.byteCount * AppendedAddresses.countMax)
        // A selection gives 8 bytes, status and reset give none.
        default: 0...8
        }
    }
}
