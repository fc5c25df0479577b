import Station

/// An error of the journal.
package struct JournalError: CodedFailure, CustomStringConvertible {
    /// Stable codes.
    package enum Code: String, Sendable, CaseIterable {
        case brokenChain = "journal.broken-chain"
        case badSignature = "journal.bad-signature"
        case missingRow = "journal.missing-row"
        case tailCut = "journal.tail-cut"
        case rewritten = "journal.rewritten"
        case rowChanged = "journal.row-changed"
        case keyUnknown = "journal.key-unknown"
        case storage = "journal.storage"
        case missing = "journal.missing"
    }

    /// The kind of failure.
    package var code: Code
    /// What was found, with the row's number; never a payload.
    package var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var failureCode: String { code.rawValue }
    package var description: String { "\(code.rawValue): \(message)" }
}
