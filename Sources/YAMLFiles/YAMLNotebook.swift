/// Collects the mistakes of one file while it is decoded.
final class YAMLNotebook {
    let file: String
    private var noted: [YAMLMistake] = []
    private var mappings: [YAMLMapping] = []

    init(file: String) {
        self.file = file
    }

    var isEmpty: Bool { noted.isEmpty }

    /// The mistakes in the order of lines.
    var mistakes: YAMLMistakes {
        YAMLMistakes(
            noted.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
        )
    }

    func note(line: Int, path: String, _ message: String) {
        let mistake = YAMLMistake(file: file, line: line, path: path, message: message)
        if !noted.contains(mistake), noted.count < YAMLMistakes.countMax {
            noted.append(mistake)
        }
    }

    func register(_ mapping: YAMLMapping) {
        mappings.append(mapping)
    }

    func noteUnknownKeys() {
        for mapping in mappings {
            mapping.noteUnknownKeys()
        }
    }
}
