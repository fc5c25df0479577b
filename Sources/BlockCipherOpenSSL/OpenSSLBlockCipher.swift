public import BlockCipher
import CLibCrypto

/// SM4 and triple DES by the libcrypto of OpenSSL 3.
///
/// Ciphers are fetched by name for every operation: one identification of a card takes a handful, and nothing has to be
/// shared between threads. Some distributions build OpenSSL without SM4, so that ``init()`` probes it with the vectors
/// of the standards.
public struct OpenSSLBlockCipher: BlockCipher {
    /// The most bytes of one operation: far more than a card's longest command, and no number that libcrypto's `int`
    /// cannot hold.
    public static let dataLimit = 65_536

    /// Finds the ciphers and checks each against a published vector.
    ///
    /// - Throws: `BlockCipherError` with `crypto.algorithm-missing` if the library lacks one, `crypto.self-test` if one
    ///   gives another result.
    public init() throws(BlockCipherError) {
        for vector in SelfTestVector.all {
            guard try encrypt(vector.plain, key: vector.key()) == vector.cipher else {
                throw BlockCipherError(.selfTest, "libcrypto gives a wrong result for \(vector.algorithm)")
            }
        }
    }

    /// Runs a cipher over whole blocks, without padding.
    ///
    /// - Parameters:
    ///   - direction: Whether to encrypt or to decrypt.
    ///   - data: Zero or more whole blocks, at most ``dataLimit`` bytes.
    ///   - key: The key.
    ///   - mode: How the blocks follow one another.
    /// - Returns: As many bytes as `data` has.
    /// - Throws: `BlockCipherError` with `crypto.block-length`, `crypto.algorithm-missing` or `crypto.failure`.
    public func transform(
        _ direction: BlockCipherDirection,
        _ data: [UInt8],
        key: borrowing CipherKey,
        mode: BlockCipherMode
    ) throws(BlockCipherError) -> [UInt8] {
        let algorithm = key.algorithm
        guard data.count <= Self.dataLimit, data.count.isMultiple(of: algorithm.blockLength) else {
            throw BlockCipherError(.blockLength, "\(data.count) bytes for \(algorithm)")
        }
        if case .chaining(let vector) = mode, vector.count != algorithm.blockLength {
            throw BlockCipherError(.blockLength, "an initial vector of \(vector.count) bytes for \(algorithm)")
        }
        guard !data.isEmpty else { return [] }
        let cipher = try FetchedCipher(algorithm, mode)
        return try unsafe key.withBytes { (bytes) throws(BlockCipherError) -> [UInt8] in
            try unsafe cipher.run(direction, data, key: bytes)
        }
    }
}
