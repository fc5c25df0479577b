/// A file of texts: one `key: "text"` a line, `#` comments and empty lines between, a subset of YAML.
struct StringFile: Sendable {
    /// Its name, for messages.
    let name: String
    /// Its bytes, UTF-8.
    let bytes: [UInt8]

    /// One text.
    struct Entry: Sendable {
        /// 1 for the first line.
        let line: Int
        /// Letters, digits, dots and hyphens.
        let key: String
        /// Plain text, with names to fill in as `{{name}}`.
        let text: String
    }

    /// The most characters of a key.
    static let keyLengthMax = 64
    /// The most characters of a text: what fits on a screen in large type.
    static let textLengthMax = 200

    /// The texts in their order.
    ///
    /// - Parameter mistakes: gets one message for each line that is not understood.
    /// - Returns: the texts of the other lines.
    func entries(_ mistakes: inout [String]) -> [Entry] {
        guard let content = String(validating: bytes, as: UTF8.self) else {
            mistakes.append("\(name): not UTF-8")
            return []
        }
        var entries: [Entry] = []
        for (index, line) in content.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let entry = Self.entry(line, number: index + 1) else {
                mistakes.append("\(name):\(index + 1): not of the form key: \"text\"")
                continue
            }
            entries.append(entry)
        }
        return entries
    }

    private static func entry(_ line: Substring, number: Int) -> Entry? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let key = line[..<colon]
        let rest = line[line.index(after: colon)...]
        guard key.utf8.allSatisfy(isKeyByte), (1...keyLengthMax).contains(key.utf8.count), rest.count >= 3,
            rest.hasPrefix(" \""), rest.hasSuffix("\"")
        else {
            return nil
        }
        let text = rest.dropFirst(2).dropLast()
        guard !text.isEmpty, text.count <= textLengthMax, !text.contains("\""), !text.contains("\\") else { return nil }
        return Entry(line: number, key: String(key), text: String(text))
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }
}
