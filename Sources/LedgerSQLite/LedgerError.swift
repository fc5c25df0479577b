public import HubProtocol

/// An error of the ledger on this machine: its import, its file, or what is read from it.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure; equality and tests use this alone.
    public var code: Code
    /// What was attempted and what was found, without data of persons.
    public var message: String
    /// The lower error, if one caused this.
    public var cause: (any Error)?
    /// Where it was thrown.
    public var location: HubProtocolError.Location

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What was attempted; never data of persons.
    ///   - cause: The lower error.
    ///   - fileID: Where it is thrown.
    ///   - line: Where it is thrown.
    public init(
        _ code: Code,
        _ message: String,
        cause: (any Error)? = nil,
        fileID: String = #fileID,
        line: Int = #line
    ) {
        self.code = code
        self.message = message
        self.cause = cause
        self.location = HubProtocolError.Location(fileID: fileID, line: line)
    }

    /// The same failure, as one of the ledger.
    init(_ error: HubProtocolError) {
        code = Code(rawValue: error.code.rawValue) ?? .format
        message = error.message
        cause = error
        location = error.location
    }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}

extension LedgerError {
    /// The kinds of failure, each with a stable text (Documentation/FailureCodes.md).
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Value: String, CaseIterable {
            case truncated = "ledger.truncated"
            case tampered = "ledger.tampered"
            case signature = "ledger.signature"
            case keyUnknown = "ledger.key-unknown"
            case format = "ledger.format"
            case tooLarge = "ledger.too-large"
            case older = "ledger.older"
            case foreignDivision = "ledger.foreign-division"
            case busy = "ledger.busy"
            case damaged = "ledger.damaged"
            case missing = "ledger.missing"
            case storage = "ledger.storage"
        }

        private let value: Value

        /// The stable text of the code.
        public var rawValue: String { value.rawValue }
        /// The stable text of the code.
        public var description: String { rawValue }
        /// Every code of this module.
        public static var allCases: [Code] { Value.allCases.map(Code.init) }

        private init(_ value: Value) { self.value = value }

        init?(rawValue: String) {
            guard let value = Value(rawValue: rawValue) else { return nil }
            self.value = value
        }

        /// The ledger file ends before its last page.
        public static let truncated = Code(.truncated)
        /// A page, or what follows the last page, is not what the signed manifest says.
        public static let tampered = Code(.tampered)
        /// The manifest's signature does not hold.
        public static let signature = Code(.signature)
        /// A key that the ledger names is not here.
        public static let keyUnknown = Code(.keyUnknown)
        /// The file breaks a rule of the format, or is of another version.
        public static let format = Code(.format)
        /// A size or count is over its limit.
        public static let tooLarge = Code(.tooLarge)
        /// The file is not newer than the ledger in use.
        public static let older = Code(.older)
        /// The file is for another area.
        public static let foreignDivision = Code(.foreignDivision)
        /// Another import is running.
        public static let busy = Code(.busy)
        /// The ledger on this machine is not as it was imported; it was set aside.
        public static let damaged = Code(.damaged)
        /// No ledger was imported yet.
        public static let missing = Code(.missing)
        /// The disk or the database refused.
        public static let storage = Code(.storage)
    }
}
