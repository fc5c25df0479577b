/// What kind of thing failed, for exit statuses and for the choice of words.
package enum FailureKind: String, Sendable {
    /// The command was called wrongly.
    case usage
    /// No reader can be used.
    case noReader
    /// No card is there.
    case noCard
    /// The card, or its holder, cannot be served.
    case card
    /// The service, its files or its keys.
    case service
}

/// One failure that a person can meet.
package struct Failure: Sendable, Equatable {
    /// Stable code.
    package let code: String
    /// What kind of failure.
    package let kind: FailureKind
    /// What has happened.
    package let cause: String
    /// What to do next.
    package let remedy: String

    init(_ code: String, _ kind: FailureKind, _ cause: String, _ remedy: String) {
        self.code = code
        self.kind = kind
        self.cause = cause
        self.remedy = remedy
    }
}

/// Every failure code with cause and remedy; `Documentation/FailureCodes.md` is the same list for readers, and a test
/// compares the two.
package enum FailureCatalogue {
    /// All failures, in the order of the document.
    package static let all: [Failure] = [
        cardFailures, authenticationFailures, identityFailures, readerFailures, deviceFailures, idReaderFailures,
        peripheralFailures,
        ledgerFailures, journalFailures, serviceFailures, kioskFailures, warnings, documentWarnings,
    ].flatMap(\.self)

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    /// The entry of a code; an unknown one is answered with a general entry, so that nothing is ever without a remedy.
    package static func entry(for code: String) -> Failure {
        byCode[code]
            ?? Failure(
                code,
                .service,
                "The service met a failure that has no entry.",
                "Report the code to the hotline."
            )
    }
}
