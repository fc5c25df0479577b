/// The counts of all calls on cards since the service object was made.
public struct PCSCMetrics: Sendable, Hashable {
    /// The time spent inside `SCardTransmit` by the bodies that have ended, in nanoseconds: the share of the smart-card
    /// service, the reader and the card.
    public var exchangeNanoseconds: UInt64

    /// How many exchanges reached a card.
    public var exchanges: UInt64

    /// How many bodies have ended.
    public var bodies: UInt64

    /// How many threads were left behind because a call did not come back within its deadline.
    public var abandonedThreads: UInt64

    /// How many of them have not come back yet.
    public var stuckThreads: Int
}
