public import CivilIdentity

/// Identifies a payment.
public struct PaymentReference: Hashable, Sendable {
    /// Id of the entitlement.
    public var entitlement: String
    /// The month that it pays for.
    public var month: YearMonth
    /// The number within the month.
    public var instalment: Int

    /// Creates a reference.
    public init(entitlement: String, month: YearMonth, instalment: Int) {
        self.entitlement = entitlement
        self.month = month
        self.instalment = instalment
    }
}
