/// Answers to reset of simulated cards (PROTOCOLS.md 1.6).
enum SyntheticAnswerToReset: Sendable {
    /// Chip maker 0081, operating system "T16", card maker 8665: the shape of deployed cards.
    private static let makers: [UInt8] = [0x00, 0x81, 0x00, 0x88, 0x37, 0x86, 0x65]

    /// `3B 6D 00 00` and 13 historical bytes that end with city code and serial: T=0, no check byte.
    static func contact(identificationCode: [UInt8]) -> [UInt8] {
        [0x3B, 0x6D, 0x00, 0x00] + historicalBytes(identificationCode: identificationCode)
    }

    /// The form which PC/SC part 3 gives to a contactless card: `3B 8D 80 01`, 13 historical bytes, check byte; T=1.
    static func contactless(identificationCode: [UInt8]) -> [UInt8] {
        let body: [UInt8] = [0x8D, 0x80, 0x01] + historicalBytes(identificationCode: identificationCode)
        return [0x3B] + body + [body.reduce(0, ^)]
    }

    private static func historicalBytes(identificationCode: [UInt8]) -> [UInt8] {
        makers + identificationCode[..<3] + identificationCode[9..<12]
    }
}
