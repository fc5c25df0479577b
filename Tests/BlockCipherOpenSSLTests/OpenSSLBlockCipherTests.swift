import BlockCipher
import Testing

@testable import BlockCipherOpenSSL

/// The published vectors (PROTOCOLS.md 8) and what the port promises.
@Suite
struct OpenSSLBlockCipherTests {
    private let cipher: OpenSSLBlockCipher

    init() throws {
        cipher = try OpenSSLBlockCipher()
    }

    private func key(_ algorithm: BlockCipherAlgorithm, _ text: String) throws -> CipherKey {
        var bytes = hex(text)
        return try CipherKey(algorithm, wiping: &bytes)
    }

    private static let standardKey = "0123456789ABCDEFFEDCBA9876543210"

    struct Vector: Sendable {
        var algorithm: BlockCipherAlgorithm
        var key = standardKey
        var initialVector: String?
        var plain: String
        var encrypted: String
    }

    static let vectors = [
        Vector(algorithm: .sm4, plain: standardKey, encrypted: "681EDF34D206965E86B3E94F536E4246"),
        Vector(
            algorithm: .sm4,
            initialVector: "00000000000000000000000000000000",
            plain: standardKey + standardKey,
            encrypted: "681EDF34D206965E86B3E94F536E4246 9FF11DCFD3AFAA236C76090BABC3BB85"
        ),
        // Made with the command openssl enc -des-ede and -des-ede-cbc.
        Vector(
            algorithm: .tripleDES,
            plain: "4E6F77206973207468652074696D6520",
            encrypted: "D80A0D8B2BAE5E4E6A0094171ABCFC27"
        ),
        Vector(
            algorithm: .tripleDES,
            initialVector: "1234567890ABCDEF",
            plain: "4E6F77206973207468652074696D6520",
            encrypted: "F85D4AB92066789E1D0430671F28AE7A"
        ),
        // Equal halves are single DES: FIPS 81.
        Vector(
            algorithm: .tripleDES,
            key: "0123456789ABCDEF0123456789ABCDEF",
            plain: "4E6F772069732074",
            encrypted: "3FA40E8A984D4815"
        ),
    ]

    @Test(arguments: vectors)
    func vectorsAreMetInBothDirections(_ vector: Vector) throws {
        let key = try key(vector.algorithm, vector.key)
        let mode = vector.initialVector.map { BlockCipherMode.chaining(initialVector: hex($0)) } ?? .codebook
        #expect(try cipher.encrypt(hex(vector.plain), key: key, mode: mode) == hex(vector.encrypted))
        #expect(try cipher.decrypt(hex(vector.encrypted), key: key, mode: mode) == hex(vector.plain))
    }

    @Test
    func sm4MeetsItsVectorOfAMillionEncryptions() throws {
        // Chaining over blocks of zeros encrypts each result again.
        let key = try key(.sm4, Self.standardKey)
        var last = hex(Self.standardKey)
        var left = 1_000_000
        while left > 0 {
            let blocks = min(left, OpenSSLBlockCipher.dataLimit / 16)
            let zeros = [UInt8](repeating: 0, count: 16 * blocks)
            last = Array(try cipher.encrypt(zeros, key: key, mode: .chaining(initialVector: last)).suffix(16))
            left -= blocks
        }
        #expect(last == hex("595298C7C6FD271F0402F804C33D3F66"))
    }

    @Test(arguments: BlockCipherAlgorithm.allCases, [1, 7, 9, 15, 17, 24, 65_552])
    func partOfABlockIsRefused(_ algorithm: BlockCipherAlgorithm, _ count: Int) throws {
        guard !count.isMultiple(of: algorithm.blockLength) || count > OpenSSLBlockCipher.dataLimit else { return }
        let key = try key(algorithm, Self.standardKey)
        let error = #expect(throws: BlockCipherError.self) {
            try cipher.encrypt([UInt8](repeating: 0, count: count), key: key)
        }
        #expect(error?.code == .blockLength)
    }

    @Test(arguments: BlockCipherAlgorithm.allCases)
    func initialVectorOfAnotherLengthIsRefused(_ algorithm: BlockCipherAlgorithm) throws {
        let key = try key(algorithm, Self.standardKey)
        let block = [UInt8](repeating: 0, count: algorithm.blockLength)
        let error = #expect(throws: BlockCipherError.self) {
            try cipher.encrypt(block, key: key, mode: .chaining(initialVector: Array(block.dropLast())))
        }
        #expect(error?.code == .blockLength)
        #expect(try cipher.encrypt([], key: key) == [])
    }

    @Test(arguments: [0, 8, 15, 17, 24])
    func keyOfAnotherLengthIsRefusedAndWipedAllTheSame(_ count: Int) {
        var bytes = [UInt8](repeating: 0xA5, count: count)
        let error = #expect(throws: BlockCipherError.self) { _ = try CipherKey(.sm4, wiping: &bytes) }
        #expect(error?.code == .keyLength)
        #expect(bytes.allSatisfy { $0 == 0 })
    }

    @Test
    func keyTakesItsBytesAndWipesTheirs() throws {
        var bytes = hex(Self.standardKey)
        let key = try CipherKey(.sm4, wiping: &bytes)
        #expect(bytes.allSatisfy { $0 == 0 })
        #expect(key.withBytes { Array($0) } == hex(Self.standardKey))
    }

    @Test
    func diversificationEncryptsTheFactorAndItsComplement() throws {
        let factor = hex("0102030405060708")
        let complement = hex("FEFDFCFBFAF9F8F7")
        for algorithm in BlockCipherAlgorithm.allCases {
            let key = try key(algorithm, Self.standardKey)
            let derived = try cipher.diversified(key, factor: factor)
            let expected =
                algorithm == .sm4
                ? try cipher.encrypt(factor + complement, key: key)
                : try cipher.encrypt(factor, key: key) + cipher.encrypt(complement, key: key)
            #expect(derived.algorithm == algorithm)
            #expect(derived.withBytes { Array($0) } == expected)
        }
    }

    @Test(arguments: [0, 7, 9, 16])
    func factorOfAnotherLengthIsRefused(_ count: Int) throws {
        let key = try key(.tripleDES, Self.standardKey)
        let error = #expect(throws: BlockCipherError.self) {
            _ = try cipher.diversified(key, factor: [UInt8](repeating: 1, count: count))
        }
        #expect(error?.code == .blockLength)
    }

    @Test
    func authenticationCodeOfTripleDESIsAlgorithm3() throws {
        // Step by step: single DES over both blocks, then the right half and the left.
        let key = try key(.tripleDES, Self.standardKey)
        let left = try self.key(.tripleDES, "0123456789ABCDEF0123456789ABCDEF")
        let right = try self.key(.tripleDES, "FEDCBA9876543210FEDCBA9876543210")
        let data = hex("8424000104", "1122334455667788", "998000")
        let first = try cipher.encrypt(hex("8424000104112233"), key: left)
        let second = zip(first, hex("4455667788998000")).map { $0 ^ $1 }
        let expected = try cipher.encrypt(
            cipher.decrypt(cipher.encrypt(second, key: left), key: right),
            key: left
        )
        #expect(try cipher.authenticationCode(data, key: key) == expected)
    }

    @Test
    func authenticationCodeOfSM4IsTheLastBlockOfTheChain() throws {
        let key = try key(.sm4, Self.standardKey)
        let first = try cipher.encrypt(hex(Self.standardKey), key: key)
        let padding = hex("80000000000000000000000000000000")
        let expected = try cipher.encrypt(zip(first, padding).map { $0 ^ $1 }, key: key)
        let padded = BlockPadding.padded(hex(Self.standardKey), blockLength: 16)
        #expect(try cipher.authenticationCode(padded, key: key) == expected)
    }

    @Test(arguments: BlockCipherAlgorithm.allCases)
    func authenticationCodeDependsOnTheInitialVector(_ algorithm: BlockCipherAlgorithm) throws {
        let key = try key(algorithm, Self.standardKey)
        let zeros = [UInt8](repeating: 0, count: algorithm.blockLength)
        let data = BlockPadding.padded([1, 2, 3], blockLength: algorithm.blockLength)
        let plain = try cipher.authenticationCode(data, key: key)
        #expect(try cipher.authenticationCode(data, key: key, initialVector: zeros) == plain)
        #expect(try cipher.authenticationCode(data, key: key, initialVector: zeros.map { ~$0 }) != plain)
        for wrong in [[], [1, 2, 3]] as [[UInt8]] {
            let error = #expect(throws: BlockCipherError.self) { try cipher.authenticationCode(wrong, key: key) }
            #expect(error?.code == .blockLength)
        }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 40])
    func paddingComesOffAgain(_ count: Int) {
        for blockLength in [8, 16] {
            let data = [UInt8](repeating: 0, count: count)
            let padded = BlockPadding.padded(data, blockLength: blockLength)
            #expect(padded.count == BlockPadding.paddedLength(count, blockLength: blockLength))
            #expect(padded.count.isMultiple(of: blockLength) && padded.count > count)
            #expect(BlockPadding.unpadded(padded) == data)
        }
        #expect(BlockPadding.unpadded([]) == nil)
        #expect(BlockPadding.unpadded([0, 0]) == nil)
        #expect(BlockPadding.unpadded([0x80, 0x01, 0]) == nil)
    }

    @Test
    func aCipherThatTheLibraryLacksIsNamed() {
        let error = #expect(throws: BlockCipherError.self) { _ = try FetchedCipher(name: "SM4-UNHEARD-OF") }
        #expect(error?.code == .algorithmMissing && error?.message.contains("SM4-UNHEARD-OF") == true)
    }

    @Test
    func errorsShowNoKeyAndHaveStableCodes() {
        let codes = BlockCipherError.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count && codes.allSatisfy { $0.hasPrefix("crypto.") })
        #expect("\(BlockCipherError(.failure, "not started"))" == "crypto.failure: not started")
    }
}
