/// A key in memory of its own, which is wiped when the key is no longer used.
///
/// It cannot be copied and has no description that shows it.
public struct CipherKey: ~Copyable {
    /// The algorithm that the key is for.
    public let algorithm: BlockCipherAlgorithm

    private let memory: UnsafeMutableRawBufferPointer

    /// Takes a key and wipes the caller's bytes.
    ///
    /// - Parameters:
    ///   - algorithm: The algorithm that the key is for.
    ///   - bytes: ``BlockCipherAlgorithm/keyLength`` bytes; zeros afterwards, also if there are more or fewer.
    /// - Throws: ``BlockCipherError`` with `crypto.key-length` if there are more or fewer bytes.
    public init(_ algorithm: BlockCipherAlgorithm, wiping bytes: inout [UInt8]) throws(BlockCipherError) {
        let count = bytes.count
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: BlockCipherAlgorithm.keyLength, alignment: 1)
        bytes.withUnsafeMutableBytes { source in
            memory.copyBytes(from: source.prefix(memory.count))
            WipedMemory.wipe(source)
        }
        guard count == memory.count else {
            WipedMemory.wipe(memory)
            memory.deallocate()
            throw BlockCipherError(.keyLength, "a key has \(count) bytes")
        }
        self.algorithm = algorithm
        self.memory = memory
    }

    deinit {
        WipedMemory.wipe(memory)
        memory.deallocate()
    }

    /// Lends the bytes; neither they nor a copy may outlive `body`.
    ///
    /// - Parameter body: What is done with the bytes.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(memory))
    }

    /// A key of the same algorithm with one half twice.
    borrowing func repeatingHalf(left: Bool) throws(BlockCipherError) -> CipherKey {
        let half = memory.count / 2
        // Filled in place: an array that grows would leave a copy behind.
        var bytes = [UInt8](repeating: 0, count: memory.count)
        for index in bytes.indices { bytes[index] = memory[(left ? 0 : half) + index % half] }
        return try CipherKey(algorithm, wiping: &bytes)
    }
}

@available(*, unavailable)
extension CipherKey: Sendable {}
