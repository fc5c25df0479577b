import BlockCipher
import CLibCrypto

/// A cipher that libcrypto was asked for by name, freed with the value.
@safe
struct FetchedCipher: ~Copyable {
    private let cipher: OpaquePointer
    private let name: String
    private let initialVector: [UInt8]

    init(_ algorithm: BlockCipherAlgorithm, _ mode: BlockCipherMode) throws(BlockCipherError) {
        switch (algorithm, mode) {
        case (.sm4, .codebook): try self.init(name: "SM4-ECB")
        case (.sm4, .chaining(let vector)): try self.init(name: "SM4-CBC", initialVector: vector)
        case (.tripleDES, .codebook): try self.init(name: "DES-EDE-ECB")
        case (.tripleDES, .chaining(let vector)): try self.init(name: "DES-EDE-CBC", initialVector: vector)
        }
    }

    init(name: String, initialVector: [UInt8] = []) throws(BlockCipherError) {
        guard let cipher = unsafe EVP_CIPHER_fetch(nil, name, nil) else {
            ERR_clear_error()
            throw BlockCipherError(.algorithmMissing, "libcrypto has no \(name)")
        }
        unsafe self.cipher = cipher
        self.name = name
        self.initialVector = initialVector
    }

    deinit {
        unsafe EVP_CIPHER_free(cipher)
    }

    /// Runs the cipher; `key` has as many bytes as the cipher takes, `data` is whole blocks.
    borrowing func run(
        _ direction: BlockCipherDirection,
        _ data: [UInt8],
        key: UnsafeRawBufferPointer
    ) throws(BlockCipherError) -> [UInt8] {
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw failure("no context") }
        // Freeing a context cleanses the key schedule in it.
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        let keyBytes = unsafe key.bindMemory(to: UInt8.self)
        let isStarted = unsafe initialVector.withUnsafeBufferPointer { vector in
            unsafe EVP_CipherInit_ex2(
                context,
                cipher,
                keyBytes.baseAddress,
                vector.isEmpty ? nil : vector.baseAddress,
                direction == .encrypt ? 1 : 0,
                nil
            )
        }
        guard isStarted == 1, unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1 else { throw failure("not started") }
        var output = [UInt8](repeating: 0, count: data.count)
        var written: Int32 = 0
        let isDone = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe data.withUnsafeBufferPointer { input in
                unsafe EVP_CipherUpdate(
                    context,
                    output.baseAddress,
                    &written,
                    input.baseAddress,
                    Int32(truncatingIfNeeded: input.count)
                )
            }
        }
        // Without padding every whole block is written at once, and nothing is left for a final call.
        guard isDone == 1, Int(written) == data.count else { throw failure("not finished") }
        return output
    }

    /// libcrypto's own reasons stay out of messages; its queue of errors must not leak into the next user's.
    private borrowing func failure(_ what: String) -> BlockCipherError {
        ERR_clear_error()
        return BlockCipherError(.failure, "\(name): \(what)")
    }
}
