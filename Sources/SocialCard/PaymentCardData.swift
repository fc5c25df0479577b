public import CivilIdentity

/// What the financial application of a card says without a transaction (PROTOCOLS.md 5).
///
/// A value that is missing or unreadable is nil. The account number is never kept whole.
public struct PaymentCardData: Hashable, Sendable {
    /// The last four digits of the account.
    public var accountLastFour: String?
    /// The first day of validity, tag 5F25.
    public var validFrom: CivilDate?
    /// The last day of validity, tag 5F24.
    public var validTo: CivilDate?
    /// The balance of the electronic cash in fen, tag 9F79; nil also if the card has none.
    public var balanceFen: Int64?
    /// The newest transactions, as the card orders them, at most ``PaymentCard/logLimit``.
    public var log: [PaymentLogEntry]

    /// Makes the data of a card.
    ///
    /// - Parameters:
    ///   - accountLastFour: The last four digits of the account.
    ///   - validFrom: The first day of validity.
    ///   - validTo: The last day of validity.
    ///   - balanceFen: The balance of the electronic cash in fen.
    ///   - log: The newest transactions.
    public init(
        accountLastFour: String? = nil,
        validFrom: CivilDate? = nil,
        validTo: CivilDate? = nil,
        balanceFen: Int64? = nil,
        log: [PaymentLogEntry] = []
    ) {
        self.accountLastFour = accountLastFour
        self.validFrom = validFrom
        self.validTo = validTo
        self.balanceFen = balanceFen
        self.log = log
    }
}

extension PaymentCardData: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "financial application (redacted, \(log.count) log entries)" }

    /// Redacted.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
