/// A card as indexes, logs and events know it: a keyed hash of its identification code.
///
/// Made by ``PseudonymKey/cardKey(identificationCode:)``. Not personal to anybody without the key.
public struct CardKey: Hashable, Sendable, CustomStringConvertible {
    let pseudonym: Pseudonym

    init(pseudonym: Pseudonym) {
        self.pseudonym = pseudonym
    }

    /// Creates from stored bytes.
    ///
    /// - Parameter bytes: 17, the key id and 16 bytes of digest; the result is nil for another length.
    public init?(bytes: some Collection<UInt8>) {
        guard let pseudonym = Pseudonym(bytes: bytes) else {
            return nil
        }
        self.pseudonym = pseudonym
    }

    /// Which key made it.
    public var keyID: UInt8 { pseudonym.keyID }
    /// The 16 bytes of the digest.
    public var digest: [UInt8] { pseudonym.digest }
    /// The key id and the digest, 17 bytes.
    public var bytes: [UInt8] { pseudonym.bytes }
    /// `c`, the key id, a colon and the digest in hex: `c1:0123…`.
    public var description: String { "c\(pseudonym.keyID):\(pseudonym.hex)" }
}
