extension BlockCipher {
    /// Derives a key in the way of PBOC (PROTOCOLS.md 1.8a): triple DES encrypts the factor for the left half and its
    /// complement for the right half; SM4 encrypts both together as one block.
    ///
    /// One call is one level: a card's key comes from a city's key with the factor of the card, a session's key from a
    /// card's key with a challenge.
    ///
    /// - Parameters:
    ///   - key: The key that is diversified.
    ///   - factor: 8 bytes.
    /// - Returns: A key of the same algorithm.
    /// - Throws: ``BlockCipherError`` with `crypto.block-length` if the factor has another length, or of the cipher.
    public func diversified(
        _ key: borrowing CipherKey,
        factor: some Collection<UInt8>
    ) throws(BlockCipherError) -> CipherKey {
        guard factor.count == BlockCipherAlgorithm.factorLength else {
            throw BlockCipherError(.blockLength, "a factor of diversification has \(factor.count) bytes")
        }
        // Both algorithms encrypt the same 16 bytes block by block.
        var derived = try encrypt(Array(factor) + factor.map { ~$0 }, key: key)
        return try CipherKey(key.algorithm, wiping: &derived)
    }
}
