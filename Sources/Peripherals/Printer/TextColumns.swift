/// Widths of text on a printer in Chinese mode: an ASCII character takes one column, every other takes two.
///
/// A printer draws each character of two or four bytes in a double cell, accents and Greek letters too, so that the
/// width follows from the encoding and not from the shape.
enum TextColumns {
    /// The columns of a character, 1 or 2.
    static func width(_ scalar: Unicode.Scalar) -> Int { scalar.isASCII ? 1 : 2 }

    /// The columns of a text.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// Cuts text into lines that are not wider than the columns.
    ///
    /// A line ends at a space in its second half, if one is there and the cut would go through a word of ASCII;
    /// otherwise after the last character that fits. The space at a cut is dropped.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - columns: The width, 2 or more.
    /// - Returns: At least one line, which is empty for no text.
    static func wrap(_ text: String, columns: Int) -> [String] {
        let scalars = Array(text.unicodeScalars)
        var lines: [String] = []
        var start = 0
        repeat {
            var end = start
            var used = 0
            while end < scalars.count, used + width(scalars[end]) <= columns {
                used += width(scalars[end])
                end += 1
            }
            end = max(end, min(start + 1, scalars.count))
            var next = end
            if end < scalars.count {
                if scalars[end] == " " {
                    next = end + 1
                } else if let space = lastSpace(scalars, in: start..<end, columns: columns) {
                    end = space
                    next = space + 1
                }
            }
            lines.append(String(String.UnicodeScalarView(scalars[start..<end])))
            start = next
        } while start < scalars.count
        return lines
    }

    /// The space where a line breaks instead of inside a word.
    private static func lastSpace(_ scalars: [Unicode.Scalar], in line: Range<Int>, columns: Int) -> Int? {
        guard scalars[line.upperBound].isASCII, scalars[line.upperBound - 1].isASCII,
            let space = scalars[line].lastIndex(of: " "),
            scalars[line.lowerBound..<space].reduce(0, { $0 + width($1) }) >= columns / 2
        else { return nil }
        return space
    }

    /// Text with spaces behind it up to a width.
    static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(text)))
    }
}
