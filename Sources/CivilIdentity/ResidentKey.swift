/// A resident as indexes, logs and events know him or her: a keyed hash of the citizen number.
///
/// Made by ``PseudonymKey/residentKey(_:)``. Not personal to anybody without the key.
public struct ResidentKey: Hashable, Sendable, CustomStringConvertible {
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
    /// `r`, the key id, a colon and the digest in hex: `r1:0123…`.
    public var description: String { "r\(pseudonym.keyID):\(pseudonym.hex)" }
}
