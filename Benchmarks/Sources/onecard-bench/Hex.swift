/// Bytes as hexadecimal digits.
enum Hex {
    /// Reads pairs of digits.
    ///
    /// - Throws: ``BenchError`` for anything else.
    static func bytes(_ text: String) throws -> [UInt8] {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { throw BenchError("hex has pairs of digits") }
        return try stride(from: 0, to: digits.count, by: 2).map { index in
            guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
                throw BenchError("hex has the digits 0-9 and a-f")
            }
            return byte
        }
    }

    /// Two digits for each byte, upper case.
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}
