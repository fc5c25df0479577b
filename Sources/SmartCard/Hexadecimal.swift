/// Hexadecimal text for messages and for identifiers of cards.
package enum Hexadecimal: Sendable {
    private static let upperCaseDigits = Array("0123456789ABCDEF".utf8)
    private static let lowerCaseDigits = Array("0123456789abcdef".utf8)

    /// Two digits for each byte, without spaces.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - isUpperCase: Whether the digits above 9 are capital letters.
    /// - Returns: The text.
    package static func string(_ bytes: some Sequence<UInt8>, isUpperCase: Bool = true) -> String {
        let digits = isUpperCase ? upperCaseDigits : lowerCaseDigits
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
