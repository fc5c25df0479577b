/// An error of the city-station contract: a key, an event envelope or a ledger file that is not what it must be.
public struct HubProtocolError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure; equality and tests use this alone.
    public var code: Code
    /// What was attempted and what was found, without data of persons.
    public var message: String
    /// The lower error, if one caused this.
    public var cause: (any Error)?
    /// Where it was thrown.
    public var location: Location

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
        self.location = Location(fileID: fileID, line: line)
    }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }

    /// A place in the source.
    public struct Location: Sendable, Hashable {
        /// Module and file.
        public var fileID: String
        /// Line, from 1.
        public var line: Int

        /// A place.
        public init(fileID: String, line: Int) {
            self.fileID = fileID
            self.line = line
        }
    }
}

extension HubProtocolError {
    /// The kinds of failure, each with a stable text (Documentation/FailureCodes.md).
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Value: String, CaseIterable {
            case ledgerTruncated = "ledger.truncated"
            case ledgerTampered = "ledger.tampered"
            case ledgerSignature = "ledger.signature"
            case ledgerKeyUnknown = "ledger.key-unknown"
            case ledgerFormat = "ledger.format"
            case ledgerTooLarge = "ledger.too-large"
            case envelopeMalformed = "envelope.malformed"
            case headMalformed = "journal.head-malformed"
            case keyMalformed = "key.malformed"
        }

        private let value: Value

        /// The stable text of the code.
        public var rawValue: String { value.rawValue }
        /// The stable text of the code.
        public var description: String { rawValue }
        /// Every code of this module.
        public static var allCases: [Code] { Value.allCases.map(Code.init) }

        private init(_ value: Value) { self.value = value }

        /// The ledger file ends before its last page.
        public static let ledgerTruncated = Code(.ledgerTruncated)
        /// A page, or what follows the last page, is not what the signed manifest says.
        public static let ledgerTampered = Code(.ledgerTampered)
        /// The manifest's signature does not hold.
        public static let ledgerSignature = Code(.ledgerSignature)
        /// The ledger file names a signing or group key that this station does not have.
        public static let ledgerKeyUnknown = Code(.ledgerKeyUnknown)
        /// The file is not a ledger file, or breaks a rule of the format.
        public static let ledgerFormat = Code(.ledgerFormat)
        /// A size or count is over its limit.
        public static let ledgerTooLarge = Code(.ledgerTooLarge)
        /// An event envelope breaks a rule of the format.
        public static let envelopeMalformed = Code(.envelopeMalformed)
        /// A journal head line cannot be read.
        public static let headMalformed = Code(.headMalformed)
        /// Key material or a key's name has the wrong form.
        public static let keyMalformed = Code(.keyMalformed)
    }
}
