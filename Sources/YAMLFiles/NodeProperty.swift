/// Finds anchors, aliases and tags before the file is composed, since composing them costs what they describe.
///
/// The search is by characters and on the safe side: a place inside a quoted text that looks like a property counts as
/// one. Properties stand only at the beginning of a value, which is after a line break, a blank after an indicator, or
/// an indicator of the flow style.
enum NodeProperty: Sendable {
    /// The line of the first `&`, `*` or `!` that may be a property.
    ///
    /// - Returns: nil when there is none.
    static func firstLine(in text: String) -> Int? {
        var line = 1
        // What stands before the present character on its line, blanks left out; nil at the beginning of the line.
        var previous: UInt8?
        var beforePrevious: UInt8?
        var isAfterBlank = true
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x0A, 0x0D:
                line += byte == 0x0A || index + 1 >= bytes.count || bytes[index + 1] != 0x0A ? 1 : 0
                (previous, beforePrevious, isAfterBlank) = (nil, nil, true)
                continue
            case 0x20, 0x09:
                isAfterBlank = true
                continue
            case 0x21, 0x26, 0x2A:
                let begins = beginsValue(after: previous, beforePrevious, isAfterBlank: isAfterBlank)
                if begins, isProperty(byte, next: index + 1 < bytes.count ? bytes[index + 1] : 0x20) {
                    return line
                }
            default:
                break
            }
            if isLastOfSpecialBreak(bytes, index) {
                (previous, beforePrevious, isAfterBlank) = (nil, nil, true)
            } else {
                (beforePrevious, previous, isAfterBlank) = (isAfterBlank ? nil : previous, byte, false)
            }
        }
        return nil
    }

    private static func beginsValue(after previous: UInt8?, _ beforePrevious: UInt8?, isAfterBlank: Bool) -> Bool {
        switch previous {
        case nil, 0x2C, 0x5B, 0x7B:  // line begin , [ {
            true
        case 0x2D:  // -
            isAfterBlank
        case 0x3A, 0x3F:  // : and ? unless they go on a plain text, as in a:b
            isAfterBlank || !(beforePrevious.map(isWord) ?? false)
        default:
            false
        }
    }

    /// A byte after which `:` and `?` belong to a plain text when no blank follows.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x80...0xFF: true
        default: false
        }
    }

    /// An anchor or alias has a name of letters, digits, `-` and `_`; a tag may be anything.
    private static func isProperty(_ byte: UInt8, next: UInt8) -> Bool {
        guard byte != 0x21 else {
            return true
        }
        switch next {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: return true
        default: return false
        }
    }

    /// The line breaks U+0085, U+2028 and U+2029, and the byte order mark.
    private static func isLastOfSpecialBreak(_ bytes: [UInt8], _ index: Int) -> Bool {
        switch bytes[index] {
        case 0x85: index >= 1 && bytes[index - 1] == 0xC2
        case 0xA8, 0xA9: index >= 2 && bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE2
        case 0xBF: index >= 2 && bytes[index - 1] == 0xBB && bytes[index - 2] == 0xEF
        default: false
        }
    }
}
