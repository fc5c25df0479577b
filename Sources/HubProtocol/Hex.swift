/// Lower-case hexadecimal text.
package enum Hex: Sendable {
    /// The digit of a number below 16.
    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &+ (value & 0x0F) &- 10
    }

    /// The number of a lower-case digit.
    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// Two digits a byte.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        for byte in bytes {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 0x0F))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The bytes of a text of exactly `2 * count` lower-case digits; nil otherwise.
    package static func bytes(_ text: some StringProtocol, count: Int) -> [UInt8]? {
        guard text.utf8.count == 2 * count else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(count)
        var high: UInt8?
        for character in text.utf8 {
            guard let number = value(character) else { return nil }
            if let first = high {
                result.append(first << 4 | number)
                high = nil
            } else {
                high = number
            }
        }
        return result
    }
}
