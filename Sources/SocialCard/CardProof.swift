/// How a card was proved to be genuine (PROTOCOLS.md 1.8).
public enum CardProof: String, Hashable, Sendable, CaseIterable {
    /// Not at all: every file, also one that was opened by authentication of the terminal, can be a copy.
    case none
    /// A security module in the terminal knows the answer that only the card's own key gives.
    case psam
    /// A security module of the back office knows it.
    case hsm
}
