import Crypto

extension SymmetricKey {
    /// HKDF-SHA256 (RFC 5869) with this key as input, 32 bytes.
    func derivedBytes(salt: [UInt8], label: [UInt8]) -> [UInt8] {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: self, salt: salt, info: label, outputByteCount: 32)
            .withUnsafeBytes { [UInt8]($0) }
    }
}
