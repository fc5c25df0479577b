import Yams

/// A value of a data file with its line; the only form in which the decoder sees YAML.
struct YAMLTree: Sendable {
    enum Content: Sendable {
        case text(String, isPlain: Bool)
        case list([YAMLTree])
        case mapping([YAMLPair])
    }

    let line: Int
    let content: Content

    /// What it is, in words for a mistake.
    var kind: String {
        switch content {
        case .text(let text, let isPlain): isPlain ? PlainScalar(text).kind : "a text"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// Parses one document.
    ///
    /// - Returns: nil after a mistake was noted.
    static func parse(_ text: String, _ notebook: YAMLNotebook) -> YAMLTree? {
        if let line = NodeProperty.firstLine(in: text) {
            notebook.note(
                line: line,
                path: "",
                "anchors, aliases and tags (a value that begins with & * !) are refused"
            )
            return nil
        }
        do {
            // The plainest resolver: types are decided here, not by patterns. The encoding is named, since the default
            // is looked up in the environment.
            let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
            guard let root = try parser.singleRoot() else {
                notebook.note(line: 1, path: "", "the file is empty")
                return nil
            }
            return tree(root, depth: 1, path: "", notebook)
        } catch let error as YamlError {
            let (line, message) = describe(error)
            notebook.note(line: line, path: "", message)
        } catch {
            notebook.note(line: 0, path: "", "the file is not YAML")
        }
        return nil
    }

    private static func tree(_ node: Node, depth: Int, path: String, _ notebook: YAMLNotebook) -> YAMLTree? {
        let line = node.mark?.line ?? 1
        guard depth <= YAMLFile.depthMax else {
            notebook.note(line: line, path: path, "more than \(YAMLFile.depthMax) levels")
            return nil
        }
        switch node {
        case .scalar(let scalar):
            return YAMLTree(line: line, content: .text(scalar.string, isPlain: scalar.style == .plain))
        case .sequence(let sequence):
            let elements = sequence.enumerated().map { index, element in
                tree(element, depth: depth + 1, path: "\(path)[\(index)]", notebook)
            }
            let present = elements.compactMap(\.self)
            return present.count == elements.count ? YAMLTree(line: line, content: .list(present)) : nil
        case .mapping(let mapping):
            let pairs = mapping.map { pair($0.key, $0.value, depth: depth, path: path, notebook) }
            let present = pairs.compactMap(\.self)
            return present.count == pairs.count ? YAMLTree(line: line, content: .mapping(present)) : nil
        case .alias:
            notebook.note(line: line, path: path, "aliases are refused")
            return nil
        }
    }

    private static func pair(
        _ key: Node,
        _ value: Node,
        depth: Int,
        path: String,
        _ notebook: YAMLNotebook
    ) -> YAMLPair? {
        guard let name = key.scalar?.string, !name.isEmpty, name.utf8.count <= YAMLMapping.keyLengthMax else {
            let line = key.mark?.line ?? 1
            notebook.note(line: line, path: path, "a key is a text of 1...\(YAMLMapping.keyLengthMax) bytes")
            return nil
        }
        let inner = YAMLMapping.join(path, name)
        guard let tree = tree(value, depth: depth + 1, path: inner, notebook) else {
            return nil
        }
        return YAMLPair(key: name, keyLine: key.mark?.line ?? 1, value: tree)
    }

    /// The line and the words of a parser's error; never its excerpt of the file.
    private static func describe(_ error: YamlError) -> (line: Int, message: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (mark.line, "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let shown = keys.prefix(5).map { "`\($0.prefix(YAMLMapping.keyLengthMax))`" }.joined(separator: ", ")
            return (context.mark.line, "a key stands more than once: \(shown)")
        case .reader(let problem, let offset, _, let text):
            let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 } ?? 1
            return (line, "not YAML: \(problem)")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return (0, "the file is not YAML")
        }
    }
}
