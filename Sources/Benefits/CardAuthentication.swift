/// How it was proved that the card is no copy (DOMAIN.md 4.3); without it a PIN proves nothing against a cloned card.
public enum CardAuthentication: String, Hashable, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// By a security module in the terminal.
    case psam
    /// By a security module of the back office.
    case hsm
}
