import Foundation

/// Reads data files: strict, bounded, and with every mistake at once.
///
/// A data file is one YAML document whose top is a mapping. The decoder asks the mapping for each key that it knows;
/// keys that nobody asked for are mistakes, as are wrong types, anchors, aliases, tags and duplicate keys.
///
/// ```swift
/// struct Reader { var name: String; var slots: Int }
///
/// let readers = try YAMLFile.read("/etc/onecard/readers.yaml") { top in
///     // Ask for everything first: a key that is not asked for is reported as unknown.
///     let station = top.string("station", lengthMax: 64)
///     let readers = top.list("readers", count: 1...8) { entry -> Reader? in
///         let name = entry.string("name")
///         let slots = entry.integer("slots", in: 1...4, default: 1)
///         return name.map { Reader(name: $0, slots: slots) }
///     }
///     // A getter that returns nil has noted its mistake.
///     guard station != nil else { return nil }
///     return readers
/// }
/// ```
///
/// A decoder that finds a mistake of meaning notes it with ``YAMLMapping/note(_:at:)`` and goes on.
public enum YAMLFile: Sendable {
    /// The most bytes of a data file; the largest is a policy pack of some kilobytes.
    public static let bytesMax = 1_048_576
    /// The most levels of mappings and lists.
    public static let depthMax = 16

    /// Decodes text.
    ///
    /// - Parameters:
    ///   - text: the content of the file.
    ///   - file: its name, for the mistakes.
    ///   - body: makes the value; returns nil after a mistake was noted.
    /// - Returns: what the body returned.
    /// - Throws: ``YAMLMistakes`` with every mistake.
    public static func decode<Value>(
        _ text: String,
        file: String,
        _ body: (YAMLMapping) -> Value?
    ) throws(YAMLMistakes) -> Value {
        let notebook = YAMLNotebook(file: file)
        guard text.utf8.count <= bytesMax else {
            notebook.note(line: 0, path: "", "the file is larger than \(bytesMax) bytes")
            throw notebook.mistakes
        }
        guard let top = YAMLTree.parse(text, notebook) else {
            throw notebook.mistakes
        }
        guard case .mapping(let pairs) = top.content else {
            notebook.note(line: top.line, path: "", "expected a mapping at the top, found \(top.kind)")
            throw notebook.mistakes
        }
        let value = body(YAMLMapping(pairs: pairs, line: top.line, path: "", notebook: notebook))
        notebook.noteUnknownKeys()
        guard notebook.isEmpty, let value else {
            if notebook.isEmpty {
                notebook.note(line: top.line, path: "", "the file does not say what it should")
            }
            throw notebook.mistakes
        }
        return value
    }

    /// Decodes bytes, which must be UTF-8.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for the mistakes.
    ///   - body: makes the value; returns nil after a mistake was noted.
    /// - Returns: what the body returned.
    /// - Throws: ``YAMLMistakes`` with every mistake.
    public static func decode<Value>(
        bytes: some Collection<UInt8>,
        file: String,
        _ body: (YAMLMapping) -> Value?
    ) throws(YAMLMistakes) -> Value {
        guard let text = String(validating: bytes.prefix(bytesMax + 1), as: UTF8.self) else {
            throw YAMLMistakes([YAMLMistake(file: file, line: 0, path: "", message: "the file is not UTF-8")])
        }
        return try decode(text, file: file, body)
    }

    /// Reads and decodes a file.
    ///
    /// - Parameters:
    ///   - path: where the file is; no more than ``bytesMax`` bytes are read.
    ///   - body: makes the value; returns nil after a mistake was noted.
    /// - Returns: what the body returned.
    /// - Throws: ``YAMLMistakes`` with every mistake, also when the file cannot be read.
    public static func read<Value>(
        _ path: String,
        _ body: (YAMLMapping) -> Value?
    ) throws(YAMLMistakes) -> Value {
        try decode(bytes: content(of: path), file: path, body)
    }

    private static func content(of path: String) throws(YAMLMistakes) -> Data {
        let unreadable = YAMLMistake(file: path, line: 0, path: "", message: "the file cannot be read")
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw YAMLMistakes([unreadable])
        }
        defer { try? handle.close() }
        do {
            return try handle.read(upToCount: bytesMax + 1) ?? Data()
        } catch {
            throw YAMLMistakes([unreadable])
        }
    }
}
