/// What the verification endpoint says about a code: fields in an order that the endpoint's contract gives.
public struct VerifiedCode: Hashable, Sendable {
    /// The fields.
    ///
    /// Personal: never in a log, a message or a file name.
    public let revealed: [String]

    /// The most bytes of an answer; an identity record has some hundred.
    public static let bytesMax = 4_096
    /// The most fields of an answer.
    public static let fieldsMax = 64

    /// Reads the answer of an endpoint, fields between `|`.
    ///
    /// - Parameter text: The answer.
    /// - Throws: ``PeripheralError`` with `scanner.verifier-unavailable` when it is empty or passes a limit.
    public init(text: String) throws(PeripheralError) {
        guard !text.isEmpty, text.utf8.count <= Self.bytesMax else {
            throw PeripheralError(.scannerVerifierUnavailable, "an answer has 1 to \(Self.bytesMax) bytes")
        }
        let fields = text.split(separator: "|", maxSplits: Self.fieldsMax, omittingEmptySubsequences: false)
        guard fields.count <= Self.fieldsMax else {
            throw PeripheralError(.scannerVerifierUnavailable, "an answer has at most \(Self.fieldsMax) fields")
        }
        revealed = fields.map(String.init)
    }
}

extension VerifiedCode: PersonalContent {
    /// The number of fields.
    public var redacted: String { "verified code of \(revealed.count) fields" }
}
