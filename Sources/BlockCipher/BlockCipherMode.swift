/// How blocks follow one another (ISO/IEC 10116).
public enum BlockCipherMode: Hashable, Sendable {
    /// Each block on its own.
    case codebook
    /// Each block combined with the one before, the first with this initial vector of one block.
    case chaining(initialVector: [UInt8])
}
