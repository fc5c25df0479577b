/// Why a text is not canonical JSON, or a value has no canonical form.
public struct CanonicalJSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of mistake.
    public enum Reason: String, Sendable {
        /// More bytes than the limit.
        case tooLong
        /// Deeper than the limit.
        case tooDeep
        /// The text ends too early, or something follows the value.
        case incomplete
        /// A byte that cannot stand there; white space is never allowed.
        case unexpectedByte
        /// Keys not in ascending order, doubled, or with other characters.
        case key
        /// A number with leading zeros, a fraction, an exponent, or out of range.
        case number
        /// A string with an escape that is not needed, a bare control character, or bytes that are not UTF-8.
        case string
    }

    /// The kind of mistake.
    public var reason: Reason
    /// Where in the bytes; 0 when a value is encoded.
    public var offset: Int

    /// The reason and the place, without any of the text.
    public var description: String { "not canonical JSON: \(reason.rawValue) at byte \(offset)" }
}
