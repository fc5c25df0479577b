public import CivilIdentity

/// One transaction of a card's log; which fields there are is told by the card's log format, tag 9F4F.
public struct PaymentLogEntry: Hashable, Sendable {
    /// The day, tag 9A.
    public var date: CivilDate?
    /// The time of day, tag 9F21: `hh:mm:ss`.
    public var time: String?
    /// The amount in fen, tag 9F02.
    public var amountFen: Int64?
    /// The currency's three digits of ISO 4217, tag 5F2A, such as 156.
    public var currency: String?
    /// The kind of transaction, tag 9C.
    public var kind: UInt8?
    /// The name of the merchant, tag 9F4E.
    public var merchant: String?
    /// The number of the transaction, tag 9F36.
    public var counter: UInt16?

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - date: The day.
    ///   - time: The time of day.
    ///   - amountFen: The amount in fen.
    ///   - currency: The currency's three digits.
    ///   - kind: The kind of transaction.
    ///   - merchant: The name of the merchant.
    ///   - counter: The number of the transaction.
    public init(
        date: CivilDate? = nil,
        time: String? = nil,
        amountFen: Int64? = nil,
        currency: String? = nil,
        kind: UInt8? = nil,
        merchant: String? = nil,
        counter: UInt16? = nil
    ) {
        self.date = date
        self.time = time
        self.amountFen = amountFen
        self.currency = currency
        self.kind = kind
        self.merchant = merchant
        self.counter = counter
    }
}

extension PaymentLogEntry: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "transaction (redacted)" }

    /// Redacted.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
