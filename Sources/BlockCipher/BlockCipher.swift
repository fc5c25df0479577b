/// The port to the block ciphers SM4 and triple DES.
///
/// A station holds no key of a ministry or a bank: its security modules do. The port serves the simulated cards and
/// modules, and whatever key a city gives a station.
public protocol BlockCipher: Sendable {
    /// Runs a cipher over whole blocks, without padding.
    ///
    /// - Parameters:
    ///   - direction: Whether to encrypt or to decrypt.
    ///   - data: Zero or more whole blocks.
    ///   - key: The key, which also names the algorithm.
    ///   - mode: How the blocks follow one another.
    /// - Returns: As many bytes as `data` has.
    /// - Throws: ``BlockCipherError`` with `crypto.block-length` if data or initial vector are no whole blocks,
    ///   `crypto.algorithm-missing` if the library lacks the algorithm, `crypto.failure` for everything else.
    func transform(
        _ direction: BlockCipherDirection,
        _ data: [UInt8],
        key: borrowing CipherKey,
        mode: BlockCipherMode
    ) throws(BlockCipherError) -> [UInt8]
}

extension BlockCipher {
    /// Encrypts whole blocks.
    ///
    /// - Parameters:
    ///   - data: Zero or more whole blocks.
    ///   - key: The key.
    ///   - mode: How the blocks follow one another.
    /// - Returns: As many bytes as `data` has.
    /// - Throws: As ``transform(_:_:key:mode:)``.
    public func encrypt(
        _ data: [UInt8],
        key: borrowing CipherKey,
        mode: BlockCipherMode = .codebook
    ) throws(BlockCipherError) -> [UInt8] {
        try transform(.encrypt, data, key: key, mode: mode)
    }

    /// Decrypts whole blocks.
    ///
    /// - Parameters:
    ///   - data: Zero or more whole blocks.
    ///   - key: The key.
    ///   - mode: How the blocks follow one another.
    /// - Returns: As many bytes as `data` has.
    /// - Throws: As ``transform(_:_:key:mode:)``.
    public func decrypt(
        _ data: [UInt8],
        key: borrowing CipherKey,
        mode: BlockCipherMode = .codebook
    ) throws(BlockCipherError) -> [UInt8] {
        try transform(.decrypt, data, key: key, mode: mode)
    }
}
