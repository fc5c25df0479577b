/// A block cipher of the cards and security modules (PROTOCOLS.md 1.1 and 8).
public enum BlockCipherAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// Triple DES with two keys (encrypt with the left, decrypt with the right, encrypt with the left; ANSI X9.52).
    case tripleDES = "3des"
    /// SM4 (GB/T 32907).
    case sm4

    /// The number of bytes of a key, the same for both.
    public static let keyLength = 16

    /// The number of bytes of a factor of diversification, the same for both (PROTOCOLS.md 1.8a).
    public static let factorLength = 8

    /// The number of bytes of a block.
    public var blockLength: Int {
        switch self {
        case .tripleDES: 8
        case .sm4: 16
        }
    }
}
