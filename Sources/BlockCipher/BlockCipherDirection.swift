/// Which way a cipher is run.
public enum BlockCipherDirection: Hashable, Sendable {
    /// From plain text to cipher text.
    case encrypt
    /// From cipher text to plain text.
    case decrypt
}
