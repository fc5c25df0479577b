public import BlockCipher

/// The keys of simulated cards and modules: fixed, printed here, and worth nothing elsewhere.
///
/// The root keys are the 16 ASCII characters of ``Purpose/rootKey``, the same for triple DES and SM4. The key of a card
/// is derived from a root key in two levels, with the factor of the city and the factor of the card; a session's key
/// from that with the process factor (`BlockCipher.diversified(_:factor:)`). How real modules do it is not public; what
/// a result is made of in SM4, whose blocks are longer than the 8 bytes of source and result, is the simulator's own
/// rule, see ``result(_:_:process:source:)``.
public struct SimulatedKeys: Sendable {
    /// What a key is for.
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// The card proves itself (INTERNAL AUTHENTICATE).
        case internalAuthentication = "internal"
        /// The terminal opens the holder's file: RKSSSE, reference 0A of EXTERNAL AUTHENTICATE.
        case holder
        /// The terminal may reset the PIN: PUK, reference 06.
        case pinUnlock = "pin-unlock"
        /// Commands that reset the PIN are protected: STK.
        case pinSeal = "pin-seal"

        /// The root key, 16 characters.
        public var rootKey: String {
            switch self {
            case .internalAuthentication: "OneCardSimKey-IA"
            case .holder: "OneCardSimKey-RK"
            case .pinUnlock: "OneCardSimKey-PU"
            case .pinSeal: "OneCardSimKey-ST"
            }
        }
    }

    /// The number of bytes of a factor, a source and a result.
    public static let factorLength = BlockCipherAlgorithm.factorLength

    private let cipher: any BlockCipher
    /// The algorithm.
    public let algorithm: BlockCipherAlgorithm
    /// Purposes whose root keys are others than the simulator's.
    private let foreign: Set<Purpose>

    /// Makes the keys.
    ///
    /// - Parameters:
    ///   - cipher: what computes.
    ///   - algorithm: triple DES or SM4.
    ///   - foreign: purposes whose keys are wrong ones.
    public init(cipher: any BlockCipher, algorithm: BlockCipherAlgorithm, foreign: Set<Purpose> = []) {
        self.cipher = cipher
        self.algorithm = algorithm
        self.foreign = foreign
    }

    /// What INTERNAL and EXTERNAL AUTHENTICATE compare: the source encrypted with the session's key.
    ///
    /// Triple DES encrypts the source as its one block. SM4 encrypts the source with 80 and zeros behind it, and the
    /// first 8 bytes are the result.
    ///
    /// - Parameters:
    ///   - purpose: what the key is for.
    ///   - factors: 8 bytes each, the card's first, then the city's.
    ///   - process: the process factor, 8 bytes.
    ///   - source: 8 bytes.
    /// - Returns: 8 bytes.
    /// - Throws: `BlockCipherError` of the cipher.
    public func result(
        _ purpose: Purpose,
        _ factors: [[UInt8]],
        process: [UInt8],
        source: [UInt8]
    ) throws(BlockCipherError) -> [UInt8] {
        let key = try key(purpose, factors, process: process)
        let block = algorithm == .sm4 ? BlockPadding.padded(source, blockLength: algorithm.blockLength) : source
        return Array(try cipher.encrypt(block, key: key).prefix(Self.factorLength))
    }

    /// Encrypts whole blocks with a card's key, or with a session's.
    func encrypt(
        _ purpose: Purpose,
        _ factors: [[UInt8]],
        process: [UInt8]?,
        _ data: [UInt8]
    ) throws(BlockCipherError) -> [UInt8] {
        try cipher.encrypt(data, key: try key(purpose, factors, process: process))
    }

    /// Decrypts whole blocks with a card's key.
    func decrypt(_ purpose: Purpose, _ factors: [[UInt8]], _ data: [UInt8]) throws(BlockCipherError) -> [UInt8] {
        try cipher.decrypt(data, key: try key(purpose, factors, process: nil))
    }

    /// The whole authentication code over padded data.
    func authenticationCode(
        _ purpose: Purpose,
        _ factors: [[UInt8]],
        process: [UInt8]? = nil,
        initialVector: [UInt8],
        _ padded: [UInt8]
    ) throws(BlockCipherError) -> [UInt8] {
        let key = try key(purpose, factors, process: process)
        return try cipher.authenticationCode(padded, key: key, initialVector: initialVector)
    }

    private func key(
        _ purpose: Purpose,
        _ factors: [[UInt8]],
        process: [UInt8]?
    ) throws(BlockCipherError) -> CipherKey {
        var root = Array(purpose.rootKey.utf8)
        if foreign.contains(purpose) { root = root.map { ~$0 } }
        var key = try CipherKey(algorithm, wiping: &root)
        // From the broadest factor to the card's own, then to the session.
        for factor in factors.reversed() + [process].compactMap(\.self) {
            key = try cipher.diversified(key, factor: factor)
        }
        return key
    }
}
