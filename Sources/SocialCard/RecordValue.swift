/// Padding rules of the values on a card (PROTOCOLS.md 1.5): text is filled at its end with 00, on some cards with 20
/// or FF; digits with the nibble F.
enum RecordValue {
    /// Whether a byte can be filling of text.
    private static func isTextFilling(_ byte: UInt8) -> Bool { byte == 0x00 || byte == 0x20 || byte == 0xFF }

    /// Whether there is nothing but filling: no byte, all 00, all 20 or all FF.
    static func isFilling(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        return isTextFilling(first) && bytes.allSatisfy { $0 == first }
    }

    /// The bytes without the filling at their end.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let last = bytes.lastIndex(where: { !isTextFilling($0) }) else { return [] }
        return bytes[...last]
    }

    /// The text, or nil if a byte before the filling is no printable ASCII character or nothing is left.
    static func asciiText(_ bytes: ArraySlice<UInt8>) -> String? {
        let text = trimmed(bytes)
        guard !text.isEmpty, text.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text, or nil if a byte before the filling is no ASCII letter or digit or nothing is left.
    static func asciiAlphanumerics(_ bytes: ArraySlice<UInt8>) -> String? {
        let text = trimmed(bytes)
        let isAlphanumeric = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        guard !text.isEmpty, text.allSatisfy(isAlphanumeric) else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// The packed decimal digits before the filling with nibbles F, or nil if another nibble is no digit.
    static func decimalDigits(_ bytes: some Sequence<UInt8>) -> String? {
        var digits: [UInt8] = []
        var isEnded = false
        for byte in bytes {
            for nibble in [byte >> 4, byte & 0x0F] {
                if nibble == 0x0F {
                    isEnded = true
                } else if isEnded || nibble > 9 {
                    return nil
                } else {
                    digits.append(0x30 + nibble)
                }
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
