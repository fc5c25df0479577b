/// The generation of a social-security card, told by the first byte of its spec version (PROTOCOLS.md 1.4).
public enum CardGeneration: Int, Hashable, Sendable, CaseIterable {
    /// Version 1.00: no name extension in the holder's file.
    case first = 1
    /// Version 2.00, and cards whose version begins with a zero byte.
    case second
    /// Version 3.00: the holder's file needs external authentication first.
    case third
}
