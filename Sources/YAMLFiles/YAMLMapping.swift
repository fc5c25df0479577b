/// A mapping of a data file that remembers which keys it was asked for.
///
/// Getters that return nil have noted their mistake, except those named `optional…`, which return nil also for a key
/// that is not there. See ``YAMLFile`` for how to use it.
public final class YAMLMapping {
    /// The most bytes of a key.
    public static let keyLengthMax = 64
    /// The most characters of a text, unless the getter says otherwise.
    public static let textLengthMax = 200
    /// The most elements of a list, unless the getter says otherwise.
    public static let listCountMax = 1_000

    /// The line where the mapping begins, from 1.
    public let line: Int
    /// Where it stands in the file, such as `readers[2]`; empty for the top.
    public let path: String

    private let pairs: [String: YAMLPair]
    private let order: [String]
    private var asked: Set<String> = []
    let notebook: YAMLNotebook

    init(pairs: [YAMLPair], line: Int, path: String, notebook: YAMLNotebook) {
        self.pairs = Dictionary(pairs.map { ($0.key, $0) }) { first, _ in first }
        self.order = pairs.map(\.key)
        self.line = line
        self.path = path
        self.notebook = notebook
        notebook.register(self)
    }

    /// The keys in the order of the file.
    ///
    /// Asking for them makes none of them known.
    public var keys: [String] { order }

    /// Whether the key is there; makes the key known.
    ///
    /// - Parameter key: the key.
    /// - Returns: true also when its value is wrong.
    public func has(_ key: String) -> Bool { pair(key) != nil }

    /// Notes a mistake of meaning.
    ///
    /// - Parameters:
    ///   - message: what was expected.
    ///   - key: the key whose value is wrong, or nil for the mapping as a whole.
    public func note(_ message: String, at key: String? = nil) {
        guard let key else {
            notebook.note(line: line, path: path, message)
            return
        }
        notebook.note(line: pairs[key]?.value.line ?? line, path: Self.join(path, key), message)
    }

    static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func pair(_ key: String) -> YAMLPair? {
        asked.insert(key)
        return pairs[key]
    }

    /// The value of a key that must be there.
    func required(_ key: String) -> YAMLTree? {
        guard let pair = pair(key) else {
            notebook.note(line: line, path: path, "`\(key)` is missing")
            return nil
        }
        return pair.value
    }

    func noteUnknownKeys() {
        for key in order where !asked.contains(key) {
            let hint = NearestName.of(key, among: asked).map { "; did you mean `\($0)`?" } ?? ""
            notebook.note(
                line: pairs[key]?.keyLine ?? line,
                path: path,
                "`\(key)` is not known here\(hint)"
            )
        }
    }
}

@available(*, unavailable)
extension YAMLMapping: Sendable {}
