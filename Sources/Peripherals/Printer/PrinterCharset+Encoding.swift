import CivilIdentity

extension PrinterCharset {
    /// Encodes text character by character.
    ///
    /// - Parameters:
    ///   - text: Text without control characters.
    ///   - replacement: What stands for a character that the printer lacks.
    /// - Returns: The bytes of each character, and how many were replaced.
    func encode(
        _ text: String,
        replacement: MissingCharacterSign
    ) -> (characters: [[UInt8]], replaced: Int) {
        var replaced = 0
        let characters = sequences(of: text).map { sequence -> [UInt8] in
            if let sequence, contains(sequence) { return sequence }
            replaced += 1
            return replacement.bytes
        }
        return (characters, replaced)
    }

    /// What decoders put for bytes that are no text; it is printed as a missing character.
    private static let lostText: Unicode.Scalar = "\u{FFFD}"

    /// The sequence of each character; nil for one that GB 18030 does not take.
    private func sequences(of text: String) -> [[UInt8]?] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.map { [$0] } }
        // A line is mostly encoded at once; only one that has no encoding, or a sign of lost text, is taken apart.
        if !text.unicodeScalars.contains(Self.lostText), let bytes = try? GB18030.encode(text) {
            let parts = Self.split(bytes)
            if parts.count == text.unicodeScalars.count { return parts }
        }
        return text.unicodeScalars.map { scalar in
            guard scalar != Self.lostText, let bytes = try? GB18030.encode(String(scalar)) else { return nil }
            return bytes.count == Self.sequenceLength(bytes[...]) ? bytes : nil
        }
    }

    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = sequenceLength(rest)
            parts.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return parts
    }

    /// How long the sequence of GB 18030 is that begins here, as its first two bytes say; 1 for a byte that begins none.
    static func sequenceLength(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let lead = bytes.first, (0x81...0xFE).contains(lead) else { return 1 }
        guard let second = bytes.dropFirst().first else { return 2 }
        return (0x30...0x39).contains(second) ? 4 : 2
    }
}
