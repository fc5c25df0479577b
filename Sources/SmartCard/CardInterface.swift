/// How a reader touches a card, which decides how a session ends.
public enum CardInterface: String, Hashable, Sendable, CaseIterable {
    /// The card is held in the reader; removing it ends the session.
    case contact
    /// The card is tapped and taken away; the session ends by Finish or by the idle limit.
    case contactless
}
