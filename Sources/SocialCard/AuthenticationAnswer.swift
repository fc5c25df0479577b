/// What a security module answers to an ``AuthenticationChallenge``.
public struct AuthenticationAnswer: Hashable, Sendable {
    /// The most characters of the text of a back office: two results, their bars and two more.
    public static let textLimit = 68

    /// What a genuine card answers to the internal challenge, 8 bytes; nil if the module cannot tell.
    public let internalResult: [UInt8]?

    /// What the card is to find for the external challenge, 8 bytes.
    public let externalResult: [UInt8]

    /// What ``externalResult`` was made from, 8 bytes.
    public let externalSource: [UInt8]

    /// Makes an answer, or nil if a part does not have 8 bytes.
    ///
    /// - Parameters:
    ///   - internalResult: What a genuine card answers; nil if the module cannot tell.
    ///   - externalResult: What the card is to find.
    ///   - externalSource: What it was made from.
    public init?(internalResult: [UInt8]?, externalResult: [UInt8], externalSource: [UInt8]) {
        let length = AuthenticationChallenge.length
        guard internalResult.map({ $0.count == length }) ?? true, externalResult.count == length,
            externalSource.count == length
        else { return nil }
        self.internalResult = internalResult
        self.externalResult = externalResult
        self.externalSource = externalSource
    }

    /// Takes the text of a back office: 32 hexadecimal digits, `|`, 32 hexadecimal digits, `|` (PROTOCOLS.md 1.8b,
    /// step 2).
    ///
    /// The first 16 digits are the card's result; the digits behind the first bar are result and source for the card.
    /// One more bar and one line feed may follow, as they are seen in answers of 67 and 68 characters.
    ///
    /// - Parameter text: The whole answer.
    /// - Throws: ``SocialCardError`` with `hsm.answer-malformed` if it has any other form.
    public init(text: some Collection<UInt8>) throws(SocialCardError) {
        guard text.count <= Self.textLimit else { throw Self.malformed(text.count) }
        var rest = Array(text)[...]
        guard let first = Self.field(&rest), let second = Self.field(&rest) else { throw Self.malformed(text.count) }
        if rest.first == UInt8(ascii: "|") { rest = rest.dropFirst() }
        if rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        guard rest.isEmpty else { throw Self.malformed(text.count) }
        let length = AuthenticationChallenge.length
        internalResult = Array(first.prefix(length))
        externalResult = Array(second.prefix(length))
        externalSource = Array(second.suffix(length))
    }

    /// The 16 bytes of one field and its bar.
    private static func field(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        let digits = rest.prefix(32)
        rest = rest.dropFirst(32)
        guard digits.count == 32, rest.popFirst() == UInt8(ascii: "|") else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let nibble = nibble(digit) else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return bytes
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }

    private static func malformed(_ count: Int, line: Int = #line) -> SocialCardError {
        SocialCardError(.hsmAnswerMalformed, "an answer of \(count) characters", line: line)
    }
}

extension AuthenticationAnswer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "answer of a security module (redacted)" }

    /// Redacted.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
