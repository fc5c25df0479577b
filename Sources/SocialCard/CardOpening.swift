/// How far a card could be read without a security module.
public enum CardOpening: Hashable, Sendable {
    /// Whole: a card of the first two generations.
    case complete(SocialCardData)
    /// The issuer's file only: the holder's file waits for the answer to this challenge.
    case closed(SocialCardData, AuthenticationChallenge)
}
