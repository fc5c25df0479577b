/// The texts of one language, by key.
struct StringTable: Sendable {
    /// The language of the texts.
    let language: PageLanguage
    /// Every text by its key.
    let texts: [String: String]
    /// The texts with names to fill in, taken apart.
    private let patterns: [String: TextPattern]

    /// Decodes the files of one language.
    ///
    /// - Throws: ``KioskError`` with `kiosk.texts`, naming every mistake with file and line.
    init(_ language: PageLanguage, files: [StringFile]) throws(KioskError) {
        var texts: [String: String] = [:]
        var mistakes: [String] = []
        for file in files {
            for entry in file.entries(&mistakes) {
                guard texts.updateValue(entry.text, forKey: entry.key) == nil else {
                    mistakes.append("\(file.name):\(entry.line): the key \(entry.key) stands twice")
                    continue
                }
            }
        }
        guard mistakes.isEmpty else { throw KioskError(.texts, mistakes.joined(separator: "; ")) }
        self.language = language
        self.texts = texts
        patterns = texts.compactMapValues(TextPattern.init)
    }

    /// The text of a key, with its `{{name}}` filled in; the key itself when there is none, which a test rules out.
    func text(_ key: String, _ values: [String: String] = [:]) -> String {
        guard let pattern = patterns[key] else { return texts[key] ?? key }
        return pattern.filled(values)
    }
}

/// A text with names to fill in, taken apart once so that filling it is quick.
private struct TextPattern: Sendable {
    private enum Piece: Sendable {
        case literal(String)
        case name(String)
    }

    private var pieces: [Piece] = []

    /// Nil for a text without names.
    init?(_ text: String) {
        var rest = text[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            pieces.append(.literal(String(rest[..<start.lowerBound])))
            pieces.append(.name(String(rest[start.upperBound..<end.lowerBound])))
            rest = rest[end.upperBound...]
        }
        guard !pieces.isEmpty else { return nil }
        pieces.append(.literal(String(rest)))
    }

    /// The text; a name without a value leaves nothing.
    func filled(_ values: [String: String]) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .name(let name): text += values[name] ?? ""
            }
        }
        return text
    }
}
