import Crypto

/// The key of a group of stations that turns numbers into pseudonyms: HMAC-SHA256, cut to 16 bytes.
///
/// Each kind of number has a label of its own in front, so that equal digits of two kinds never meet. The labels and
/// the form of the input are part of the format of ledger files and never change.
public struct PseudonymKey: Sendable {
    /// Which key this is; travels with every pseudonym.
    public let keyID: UInt8

    /// Bytes of key material.
    public static let materialByteCount = 32

    // The hash states after key and label: each pseudonym copies one and hashes its number only.
    private let resident: HMAC<SHA256>
    private let card: HMAC<SHA256>
    private let cardNumber: HMAC<SHA256>

    /// Creates a key.
    ///
    /// - Parameters:
    ///   - keyID: which key this is.
    ///   - material: exactly 32 secret random bytes; another length is an error of the program.
    public init(keyID: UInt8, material: [UInt8]) {
        precondition(material.count == Self.materialByteCount, "a pseudonym key has 32 bytes")
        let key = SymmetricKey(data: material)
        self.keyID = keyID
        resident = Self.prepared(key, label: "onecard resident 1\n")
        card = Self.prepared(key, label: "onecard card identification 1\n")
        cardNumber = Self.prepared(key, label: "onecard card number 1\n")
    }

    /// The pseudonym of a person.
    ///
    /// - Parameter number: hashed as its 18 ASCII characters, upper case.
    /// - Returns: the same for the same number and key, always.
    public func residentKey(_ number: CitizenNumber) -> ResidentKey {
        ResidentKey(pseudonym: number.withASCII { pseudonym(resident, of: $0) })
    }

    /// The pseudonym of a card.
    ///
    /// - Parameter identificationCode: exactly 16 bytes; another length is an error of the program.
    /// - Returns: the same for the same code and key, always.
    public func cardKey(identificationCode: [UInt8]) -> CardKey {
        precondition(identificationCode.count == 16, "a card identification code has 16 bytes")
        return CardKey(pseudonym: identificationCode.withUnsafeBytes { pseudonym(card, of: $0) })
    }

    /// The 16 bytes that stand for a card number.
    ///
    /// - Parameter number: hashed in upper case, without blanks and zero bytes at both ends.
    /// - Returns: 16 bytes.
    public func cardNumberKey(_ number: String) -> [UInt8] {
        let isPadding = { (byte: UInt8) in byte == 0x20 || byte == 0x00 }
        var bytes = Array(number.utf8.drop(while: isPadding))
        while let last = bytes.last, isPadding(last) {
            bytes.removeLast()
        }
        for index in bytes.indices where (0x61...0x7A).contains(bytes[index]) {
            bytes[index] -= 0x20
        }
        return bytes.withUnsafeBytes { pseudonym(cardNumber, of: $0) }.digest
    }

    private static func prepared(_ key: SymmetricKey, label: String) -> HMAC<SHA256> {
        var state = HMAC<SHA256>(key: key)
        state.update(data: Array(label.utf8))
        return state
    }

    private func pseudonym(_ prepared: HMAC<SHA256>, of bytes: UnsafeRawBufferPointer) -> Pseudonym {
        var state = prepared
        state.update(data: bytes)
        return state.finalize().withUnsafeBytes { digest in
            Pseudonym(
                keyID: keyID,
                high: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}

extension PseudonymKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The key id, never the material.
    public var description: String { "PseudonymKey(\(keyID))" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Has no children, so that `dump` shows the key id only.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
