/// What a card said to a PIN (PROTOCOLS.md 1.7).
///
/// A card that nobody authenticated can say anything: ``accepted`` proves nothing about a cloned card.
public enum PINVerification: Hashable, Sendable {
    /// 9000: the PIN was right, or changed.
    case accepted
    /// 63Cx: the PIN was wrong and this many tries are left, 1 to 15; or 6300, which does not tell how many (nil).
    case wrong(triesLeft: Int?)
    /// 6983, or 63C0 for the try that used up the last one.
    case blocked
}
