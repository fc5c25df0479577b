extension BlockCipher {
    /// Makes the authentication code of a command or message (PROTOCOLS.md 1.7).
    ///
    /// SM4 chains all blocks with the whole key and gives the last one. Triple DES is ISO/IEC 9797-1 algorithm 3: the
    /// left half of the key chains all blocks as single DES, and the last block is decrypted with the right half and
    /// encrypted with the left.
    ///
    /// - Parameters:
    ///   - padded: What is protected, padded by ``BlockPadding``: one or more whole blocks.
    ///   - key: The key.
    ///   - initialVector: One block; nil for zeros. Sources disagree whether it is zeros or the card's challenge.
    /// - Returns: One block; cards and modules send its first 4 bytes.
    /// - Throws: ``BlockCipherError`` with `crypto.block-length` for no block, or of the cipher.
    public func authenticationCode(
        _ padded: [UInt8],
        key: borrowing CipherKey,
        initialVector: [UInt8]? = nil
    ) throws(BlockCipherError) -> [UInt8] {
        let blockLength = key.algorithm.blockLength
        guard !padded.isEmpty else { throw BlockCipherError(.blockLength, "an authentication code over nothing") }
        let vector = initialVector ?? [UInt8](repeating: 0, count: blockLength)
        switch key.algorithm {
        case .sm4:
            return Array(try encrypt(padded, key: key, mode: .chaining(initialVector: vector)).suffix(blockLength))
        case .tripleDES:
            // Single DES is triple DES with twice the same half.
            let left = try key.repeatingHalf(left: true)
            let right = try key.repeatingHalf(left: false)
            let chained = try encrypt(padded, key: left, mode: .chaining(initialVector: vector)).suffix(blockLength)
            return try encrypt(try decrypt(Array(chained), key: right), key: left)
        }
    }
}
