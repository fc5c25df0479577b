/// The texts of one language, by key.
struct StringTable: Sendable {
    /// The language of the texts.
    let language: PageLanguage
    /// Every text by its key.
    let texts: [String: String]

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
    }

    /// The text of a key, with its `{{name}}` filled in; the key itself when there is none, which a test rules out.
    ///
    /// Names without a value stay: they are filled in by the template.
    func text(_ key: String, _ values: [String: String] = [:]) -> String {
        guard var text = texts[key] else { return key }
        for (name, value) in values {
            text = text.replacing("{{\(name)}}", with: value)
        }
        return text
    }
}
