import BlockCipher
import BlockCipherOpenSSL

extension CardCipher {
    /// The algorithm, or nil if the simulator cannot compute it: the SSF33 algorithm is not public.
    var algorithm: BlockCipherAlgorithm? {
        switch self {
        case .tripleDES: .tripleDES
        case .sm4: .sm4
        case .ssf33: nil
        }
    }
}

/// What computes on simulated chips.
enum ChipCipher: Sendable {
    /// The cipher of this machine; nil if its library has no SM4, so that no chip can authenticate.
    static let standard: (any BlockCipher)? = try? OpenSSLBlockCipher()
}
