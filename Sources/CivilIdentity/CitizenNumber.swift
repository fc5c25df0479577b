/// The citizen number of a person: 18 characters, GB 11643; also the social-security number.
///
/// Numbers of residents of Hong Kong, Macau and Taiwan (810000, 820000, 830000) have the same form. The default
/// descriptions, the reflection and `dump` show the first three and the last two characters only; ``rawValue`` is the
/// one way to the whole.
public struct CitizenNumber: Hashable, Sendable {
    /// The first 17 digits; the check digit follows from them.
    private let body: UInt64

    /// Years of birth that are plausible.
    public static let birthYears = 1_800...2_199
    /// Characters of a number.
    public static let length = 18
    /// Characters of a number issued before 1999: two digits for the year, no check digit.
    public static let legacyLength = 15

    /// Creates from 18 characters, or from the 15 of the legacy form, which is widened: the year of birth becomes 19xx
    /// and the check digit is computed.
    ///
    /// - Parameter text: digits, the 18th also `X` or `x`; no spaces.
    /// - Throws: ``CivilIdentityError`` with `number.length`, `number.characters`, `number.check-digit`,
    ///   `number.birth-date` or `number.sequence`, the first that applies in this order.
    public init(_ text: String) throws(CivilIdentityError) {
        try self.init(ascii: text.utf8)
    }

    /// Creates from ASCII characters, as ``init(_:)``.
    ///
    /// - Parameter ascii: 18 or 15 bytes.
    /// - Throws: ``CivilIdentityError`` as ``init(_:)``.
    public init(ascii: some Collection<UInt8>) throws(CivilIdentityError) {
        try self.init(body: withBytes(ascii, limit: Self.length, Self.parse).get())
    }

    /// The number of a person with that division, birth date and sequence; its check digit is computed.
    ///
    /// For simulators: give the division 999999, which belongs to nobody.
    ///
    /// - Parameters:
    ///   - division: 6 digits.
    ///   - birthDate: 1800...2199.
    ///   - sequence: 1...999, odd for a man.
    /// - Throws: ``CivilIdentityError`` with `number.characters`, `number.birth-date` or `number.sequence`.
    public init(division: DivisionCode, birthDate: CivilDate, sequence: Int) throws(CivilIdentityError) {
        guard let region = UInt64(division.rawValue), division.rawValue.utf8.count == 6 else {
            throw CivilIdentityError(.numberCharacters, "the division of a citizen number has 6 digits")
        }
        guard (1...999).contains(sequence) else {
            throw CivilIdentityError(.numberSequence, "the sequence of a citizen number is 001...999")
        }
        let date = UInt64(birthDate.year * 10_000 + birthDate.month * 100 + birthDate.day)
        try self.init(body: region * 100_000_000_000 + date * 1_000 + UInt64(sequence))
    }

    private init(body: UInt64) throws(CivilIdentityError) {
        self.body = body
        guard Self.birthYears.contains(Self.birth(in: body).year), Self.birthDate(in: body) != nil else {
            throw CivilIdentityError(.numberBirthDate, "the birth date inside a citizen number is not plausible")
        }
        guard body % 1_000 != 0 else {
            throw CivilIdentityError(.numberSequence, "the sequence of a citizen number is 001...999")
        }
    }

    /// The first 17 digits of a number whose form and check character are right.
    private static func parse(_ ascii: UnsafeBufferPointer<UInt8>) -> Result<UInt64, CivilIdentityError> {
        guard ascii.count == length || ascii.count == legacyLength else {
            return refusal(.numberLength, "a citizen number has 18 characters, or 15 in its legacy form")
        }
        var body: UInt64 = 0
        for index in 0..<min(ascii.count, length - 1) {
            let byte = ascii[index]
            guard (0x30...0x39).contains(byte) else {
                return refusal(.numberCharacters, "a citizen number has digits and a final X only")
            }
            if ascii.count == legacyLength, index == 6 {
                body = body * 100 + 19
            }
            body = body * 10 + UInt64(byte - 0x30)
        }
        guard ascii.count == length else {
            return .success(body)
        }
        let last = ascii[length - 1]
        guard (0x30...0x39).contains(last) || last | 0x20 == 0x78 else {
            return refusal(.numberCharacters, "a citizen number has digits and a final X only")
        }
        guard (last == 0x78 ? 0x58 : last) == checkCharacter(of: body) else {
            return refusal(.numberCheckDigit, "the check digit of a citizen number is wrong")
        }
        return .success(body)
    }

    private static func refusal(
        _ code: CivilIdentityError.Code,
        _ message: String
    ) -> Result<UInt64, CivilIdentityError> {
        .failure(CivilIdentityError(code, message))
    }

    /// The check character of ISO 7064 MOD 11-2: position `i` from the right weighs 2 to the power `i`, modulo 11.
    private static func checkCharacter(of body: UInt64) -> UInt8 {
        var rest = body
        var weight: UInt64 = 2
        var sum: UInt64 = 0
        for _ in 0..<17 {
            sum += rest % 10 * weight
            rest /= 10
            weight = weight * 2 % 11
        }
        let check = (12 - sum % 11) % 11
        return check == 10 ? 0x58 : 0x30 + UInt8(check)
    }

    private static func birth(in body: UInt64) -> (year: Int, month: Int, day: Int) {
        let date = Int(body / 1_000 % 100_000_000)
        return (date / 10_000, date / 100 % 100, date % 100)
    }

    private static func birthDate(in body: UInt64) -> CivilDate? {
        let birth = birth(in: body)
        return try? CivilDate(year: birth.year, month: birth.month, day: birth.day)
    }
}

extension CitizenNumber {
    /// The 18 characters, with an upper-case X.
    ///
    /// Personal: never in a log, a message or a file name.
    public var rawValue: String {
        withASCII { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the 18 characters without an allocation on the heap, and wipes them afterwards.
    ///
    /// - Parameter body: gets 18 ASCII bytes that are valid during the call only.
    /// - Returns: what the body returns.
    public func withASCII<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withUnsafeTemporaryAllocation(byteCount: Self.length, alignment: 1) { buffer in
            var rest = self.body
            for index in stride(from: Self.length - 2, through: 0, by: -1) {
                buffer[index] = 0x30 + UInt8(rest % 10)
                rest /= 10
            }
            buffer[Self.length - 1] = Self.checkCharacter(of: self.body)
            defer {
                for index in 0..<Self.length {
                    buffer[index] = 0
                }
            }
            return try body(UnsafeRawBufferPointer(buffer))
        }
    }

    /// The day of birth that the number says.
    public var birthDate: CivilDate {
        let birth = Self.birth(in: body)
        return CivilDate(unchecked: birth.year, birth.month, birth.day)
    }

    /// Male when the 17th digit is odd, else female.
    public var sex: Sex { body % 2 == 1 ? .male : .female }

    /// The division, 6 digits, where the number was given out.
    public var division: DivisionCode {
        let digits = String(body / 100_000_000_000)
        return DivisionCode(unchecked: String(repeating: "0", count: 6 - digits.utf8.count) + digits)
    }

    /// The first three and the last two characters with `*` between: what a screen may show.
    public var masked: String {
        withASCII { ascii in
            var bytes = Array(ascii)
            for index in 3..<(Self.length - 2) {
                bytes[index] = 0x2A
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Whether the number begins with 999999, the area that belongs to nobody: a synthetic person.
    public var isSynthetic: Bool { body / 100_000_000_000 == 999_999 }
}

extension CitizenNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Same as ``masked``.
    public var description: String { masked }
    /// Same as ``masked``.
    public var debugDescription: String { masked }
    /// Has no children, so that `dump` shows ``masked`` only.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
