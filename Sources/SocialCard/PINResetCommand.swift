/// What a card is to do about its PIN, as far as a security module must know it to protect the command (PROTOCOLS.md
/// 1.7).
public struct PINResetCommand: Hashable, Sendable {
    /// What is done.
    public enum Action: Hashable, Sendable, CaseIterable {
        /// The same PIN gets all its tries again: `84 24 00 00`.
        case unblock
        /// The card gets a new PIN: `84 24 00 01`.
        case reload

        /// Class, instruction, P1, P2 and length of the command.
        ///
        /// - Parameter dataLength: The bytes of the data field, at most 255.
        /// - Returns: The five bytes, with which the authentication code begins.
        public func header(dataLength: Int) -> [UInt8] {
            [0x84, 0x24, 0x00, self == .unblock ? 0x00 : 0x01, UInt8(truncatingIfNeeded: dataLength)]
        }
    }

    /// Where the initial vector of the authentication code comes from; sources disagree.
    public enum VectorSource: String, Hashable, Sendable, CaseIterable {
        /// Zeros.
        case zero
        /// A random number of the card, filled with zeros.
        case challenge
    }

    /// What is done.
    public let action: Action
    /// The algorithm environment of the application.
    public let algorithm: CardAlgorithm
    /// The factors of the card's keys.
    public let factors: DiversificationFactors
    /// One block.
    public let initialVector: [UInt8]

    /// The number of bytes of a block: 16 for SM4, otherwise 8.
    public var blockLength: Int { Self.blockLength(of: algorithm) }

    static func blockLength(of algorithm: CardAlgorithm) -> Int { algorithm == .sm4 ? 16 : 8 }
}

extension PINResetCommand: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "command for a PIN (redacted)" }

    /// Redacted.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
