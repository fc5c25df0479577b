/// What a scalar without quotes is, by the core schema of YAML 1.2 and the boolean words of 1.1.
enum PlainScalar: Sendable {
    case nothing
    case boolean(Bool)
    /// `yes`, `off` and the like: some readers take them for booleans, so nobody may write them without quotes.
    case booleanWord
    case integer(Int)
    /// A number that is no plain decimal integer of 64 bits.
    case number
    case text

    init(_ text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .nothing
        case "true": self = .boolean(true)
        case "false": self = .boolean(false)
        default:
            let lowercase = text.utf8.count <= 5 ? text.lowercased() : ""
            if ["true", "false", "yes", "no", "on", "off", "y", "n"].contains(lowercase) {
                self = .booleanWord
            } else if let integer = Self.decimal(text) {
                self = .integer(integer)
            } else {
                self = Self.looksNumeric(text) ? .number : .text
            }
        }
    }

    /// In words for a mistake.
    var kind: String {
        switch self {
        case .nothing: "nothing"
        case .boolean: "true or false"
        case .booleanWord: "a word that may mean true or false"
        case .integer, .number: "a number"
        case .text: "a text"
        }
    }

    /// `-?(0|[1-9][0-9]*)` within 64 bits.
    private static func decimal(_ text: String) -> Int? {
        let digits = text.utf8.drop { $0 == 0x2D }
        guard text.utf8.count - digits.count <= 1, let first = digits.first, digits.allSatisfy(isDigit),
            first != 0x30 || digits.count == 1
        else {
            return nil
        }
        return Int(text)
    }

    private static func looksNumeric(_ text: String) -> Bool {
        let unsigned = text.utf8.first.map { $0 == 0x2B || $0 == 0x2D } == true ? text.dropFirst() : text[...]
        let lowercase = unsigned.lowercased()
        if lowercase == ".inf" || lowercase == ".nan" {
            return true
        }
        if lowercase.hasPrefix("0x") {
            return lowercase.utf8.count > 2 && lowercase.dropFirst(2).allSatisfy(\.isHexDigit)
        }
        if lowercase.hasPrefix("0o") {
            return lowercase.utf8.count > 2 && lowercase.dropFirst(2).utf8.allSatisfy { (0x30...0x37).contains($0) }
        }
        let parts = lowercase.utf8.split(separator: 0x65, maxSplits: 1, omittingEmptySubsequences: false)
        guard let mantissa = parts.first, isMantissa(mantissa) else {
            return false
        }
        return parts.count == 1 || isExponent(parts[1])
    }

    private static func isMantissa(_ text: Substring.UTF8View) -> Bool {
        let points = text.count { $0 == 0x2E }
        return points <= 1 && text.count > points && text.allSatisfy { isDigit($0) || $0 == 0x2E }
    }

    private static func isExponent(_ text: Substring.UTF8View) -> Bool {
        let digits = text.first == 0x2B || text.first == 0x2D ? text.dropFirst() : text
        return !digits.isEmpty && digits.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
