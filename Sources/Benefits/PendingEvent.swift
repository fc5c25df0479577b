public import CivilIdentity

/// An event of this station that the city has not confirmed yet, as far as it changes what a person sees.
public enum PendingEvent: Hashable, Sendable {
    /// The person has seen that a payment was credited.
    case paymentNotified(entitlement: String, month: YearMonth, instalment: Int)
}
