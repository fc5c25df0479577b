/// The name of a person.
///
/// The default descriptions, the reflection and `dump` show the first character and `*` only; ``revealed`` is the one
/// way to the whole.
public struct PersonName: Hashable, Sendable {
    /// The whole name.
    ///
    /// Personal: never in a log, a message or a file name.
    public let revealed: String

    /// The most bytes of a name on a card: 30 of the name and 20 of its extension.
    public static let cardBytesMax = 50
    /// The most bytes of a name in UTF-8: each of the 50 bytes on a card becomes at most 3.
    public static let utf8BytesMax = 150

    /// Creates from text.
    ///
    /// - Parameter text: at most ``utf8BytesMax`` bytes of UTF-8; white space at both ends is dropped.
    /// - Throws: ``CivilIdentityError`` with `name.empty`, `name.too-long`, `name.undecodable` (a character that stands
    ///   for none) or `name.control-character`.
    public init(_ text: String) throws(CivilIdentityError) {
        guard text.utf8.count <= Self.utf8BytesMax else {
            throw CivilIdentityError(.nameTooLong, "a name has at most \(Self.utf8BytesMax) bytes of UTF-8")
        }
        // Nearly every name consists of characters that need no look into the tables of Unicode.
        if !text.isEmpty, text.unicodeScalars.allSatisfy(Self.isUsual) {
            revealed = text
            return
        }
        revealed = try Self.checked(text.unicodeScalars)
    }

    /// Creates from the bytes of one record, GB 18030.
    ///
    /// - Parameter gb18030: at most ``cardBytesMax`` bytes; padding (00, 20, FF) at the end is dropped.
    /// - Throws: ``CivilIdentityError`` with `name.empty`, `name.too-long`, `name.undecodable` or
    ///   `name.control-character`.
    public init(gb18030: [UInt8]) throws(CivilIdentityError) {
        try self.init(base: gb18030, extension: nil)
    }

    /// Creates from the name record and the name extension record of a card, GB 18030.
    ///
    /// The padding of each is dropped and the rest joined as bytes before decoding, since a card may cut in the middle
    /// of a character. No padding byte can be the last byte of a character.
    ///
    /// - Parameters:
    ///   - base: the name record (tag 09).
    ///   - extension: the name extension record (tag 4E), or nil when the card has none.
    /// - Throws: ``CivilIdentityError`` with `name.empty`, `name.too-long`, `name.undecodable` or
    ///   `name.control-character`.
    public init(base: [UInt8], extension: [UInt8]?) throws(CivilIdentityError) {
        let bytes = Self.withoutPadding(base) + Self.withoutPadding(`extension` ?? [])
        guard bytes.count <= Self.cardBytesMax else {
            throw CivilIdentityError(.nameTooLong, "a name on a card has at most \(Self.cardBytesMax) bytes")
        }
        let text: String
        do {
            text = try GB18030.decode(bytes)
        } catch {
            throw CivilIdentityError(.nameUndecodable, "the name is not GB 18030")
        }
        try self.init(text)
    }

    /// The name without white space at both ends, each character checked.
    private static func checked(_ scalars: String.UnicodeScalarView) throws(CivilIdentityError) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .spaceSeparator }
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else {
            throw CivilIdentityError(.nameEmpty, "the name is empty")
        }
        let trimmed = scalars[first...last]
        guard trimmed.allSatisfy(GB18030.isCharacter) else {
            throw CivilIdentityError(.nameUndecodable, "the name holds a code that stands for no character")
        }
        guard !trimmed.contains(where: isControl) else {
            throw CivilIdentityError(.nameControlCharacter, "the name holds a control or formatting character")
        }
        return String(String.UnicodeScalarView(trimmed))
    }

    /// Ideographs of the first plane, Latin letters and the middle dot.
    private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x41...0x5A, 0x61...0x7A, 0xB7: true
        default: false
        }
    }

    private static func withoutPadding(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let last = bytes.lastIndex { $0 != 0x00 && $0 != 0x20 && $0 != 0xFF }
        return last.map { bytes[...$0] } ?? []
    }

    /// Control characters, invisible formatting (it could turn a line of the screen round) and line separators.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }

    /// The first character and `*`: what a screen may show.
    public var masked: String {
        String(String.UnicodeScalarView(revealed.unicodeScalars.prefix(1))) + "*"
    }
}

extension PersonName: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Same as ``masked``.
    public var description: String { masked }
    /// Same as ``masked``.
    public var debugDescription: String { masked }
    /// Has no children, so that `dump` shows ``masked`` only.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
