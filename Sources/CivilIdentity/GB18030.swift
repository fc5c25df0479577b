import Foundation

/// GB 18030, the encoding of names on social-security cards: one, two or four bytes a character.
///
/// Decoding is total and strict: the structure is checked here, the table of characters is Foundation's. Four-byte
/// sequences that are reserved, U+FFFD and noncharacters are refused.
public enum GB18030: Sendable {
    /// The most bytes that are decoded at once; every text on a card is far shorter.
    public static let bytesMax = 4_096

    private static let encoding = String.Encoding(rawValue: 0x8000_0632)

    /// Decodes text.
    ///
    /// - Parameter bytes: at most ``bytesMax``.
    /// - Returns: the text; empty for no bytes.
    /// - Throws: ``CivilIdentityError`` with `text.undecodable` for anything that is not strictly GB 18030.
    public static func decode(_ bytes: some Collection<UInt8>) throws(CivilIdentityError) -> String {
        let bytes = Array(bytes.prefix(bytesMax + 1))
        guard bytes.count <= bytesMax, let characters = characterCount(of: bytes) else {
            throw CivilIdentityError(.textUndecodable, "the bytes are not GB 18030")
        }
        guard !bytes.allSatisfy({ $0 < 0x80 }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        guard let text = String(data: Data(bytes), encoding: encoding), text.unicodeScalars.count == characters,
            text.unicodeScalars.allSatisfy(isCharacter)
        else {
            throw CivilIdentityError(.textUndecodable, "the bytes are not GB 18030")
        }
        return text
    }

    /// Encodes text; made for simulators, which write cards.
    ///
    /// - Parameter text: any text.
    /// - Returns: the bytes; ``decode(_:)`` gives the same text again.
    /// - Throws: ``CivilIdentityError`` with `text.unencodable`.
    public static func encode(_ text: String) throws(CivilIdentityError) -> [UInt8] {
        guard let data = text.data(using: encoding, allowLossyConversion: false) else {
            throw CivilIdentityError(.textUnencodable, "the text cannot be written as GB 18030")
        }
        return Array(data)
    }

    /// Counts the characters.
    ///
    /// - Returns: nil when a sequence is cut or has a byte out of its place.
    private static func characterCount(of bytes: [UInt8]) -> Int? {
        var index = 0
        var count = 0
        while index < bytes.count {
            guard let length = sequenceLength(bytes[index...].prefix(4)) else {
                return nil
            }
            index += length
            count += 1
        }
        return count
    }

    private static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        let sequence = Array(bytes)
        guard sequence[0] >= 0x80 else {
            return 1
        }
        guard isLead(sequence[0]), sequence.count >= 2 else {
            return nil
        }
        if isDigit(sequence[1]) {
            return sequence.count == 4 && isLead(sequence[2]) && isDigit(sequence[3]) ? 4 : nil
        }
        return (0x40...0xFE).contains(sequence[1]) && sequence[1] != 0x7F ? 2 : nil
    }

    private static func isLead(_ byte: UInt8) -> Bool { (0x81...0xFE).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Whether a scalar stands for a character: not the replacement, not a noncharacter.
    static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\u{FFFD}" && scalar.value & 0xFFFE != 0xFFFE && !(0xFDD0...0xFDEF).contains(scalar.value)
    }
}
