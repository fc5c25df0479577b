/// An error thrown when a number, a name, a date or a division code is not what it should be.
///
/// The message says what was attempted and never carries the datum itself. Compare ``code`` alone.
public struct CivilIdentityError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public var code: Code
    /// What was attempted, without personal data.
    public var message: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: the kind of failure.
    ///   - message: what was attempted, without personal data.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The stable code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}

extension CivilIdentityError {
    /// The kind of failure, with a stable text that logs and `FailureCodes.md` carry.
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Value: String, CaseIterable {
            case numberLength = "number.length"
            case numberCharacters = "number.characters"
            case numberCheckDigit = "number.check-digit"
            case numberBirthDate = "number.birth-date"
            case numberSequence = "number.sequence"
            case dateMalformed = "date.malformed"
            case dateOutOfRange = "date.out-of-range"
            case divisionMalformed = "division.malformed"
            case nameEmpty = "name.empty"
            case nameTooLong = "name.too-long"
            case nameUndecodable = "name.undecodable"
            case nameControlCharacter = "name.control-character"
            case textUndecodable = "text.undecodable"
            case textUnencodable = "text.unencodable"
        }

        private let value: Value

        private init(_ value: Value) {
            self.value = value
        }

        /// The stable text, `area.kebab-case`.
        public var rawValue: String { value.rawValue }

        /// Same as ``rawValue``.
        public var description: String { value.rawValue }

        /// Every code.
        public static var allCases: [Code] { Value.allCases.map(Code.init) }

        /// A citizen number has neither 18 nor 15 characters.
        public static let numberLength = Code(.numberLength)
        /// A citizen number holds something other than digits and a final X.
        public static let numberCharacters = Code(.numberCharacters)
        /// The check digit of a citizen number is wrong.
        public static let numberCheckDigit = Code(.numberCheckDigit)
        /// The birth date inside a citizen number does not exist or is not plausible.
        public static let numberBirthDate = Code(.numberBirthDate)
        /// The sequence inside a citizen number is 000, which is never given out.
        public static let numberSequence = Code(.numberSequence)
        /// A date or a month is not written as it should be.
        public static let dateMalformed = Code(.dateMalformed)
        /// A date or a month does not exist, or lies outside 1800...9999.
        public static let dateOutOfRange = Code(.dateOutOfRange)
        /// A division code does not have 2, 4, 6, 9 or 12 digits.
        public static let divisionMalformed = Code(.divisionMalformed)
        /// A name is empty after trimming.
        public static let nameEmpty = Code(.nameEmpty)
        /// A name is longer than a card can hold.
        public static let nameTooLong = Code(.nameTooLong)
        /// The bytes of a name are not GB 18030.
        public static let nameUndecodable = Code(.nameUndecodable)
        /// A name holds a control or formatting character.
        public static let nameControlCharacter = Code(.nameControlCharacter)
        /// Bytes are not GB 18030.
        public static let textUndecodable = Code(.textUndecodable)
        /// A text cannot be written as GB 18030.
        public static let textUnencodable = Code(.textUnencodable)
    }
}
