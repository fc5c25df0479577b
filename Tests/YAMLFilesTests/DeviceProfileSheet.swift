import DeviceProfiles
import Foundation

@testable import YAMLFiles

/// A shipped profile as a tree that can be damaged and written anew, one key a line.
struct DeviceProfileSheet {
    /// What is done to one key.
    enum Damage: CaseIterable {
        case dropped
        case misspelt
        case ofAnotherType
        case ofAnotherScalar
    }

    static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("DeviceProfiles", isDirectory: true)

    /// The shipped files as `<kind>/<id>.yaml`.
    static let files: [String] = DeviceKind.allCases.flatMap { kind in
        let path = folder.appendingPathComponent(kind.rawValue).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().map { "\(kind.rawValue)/\($0)" }
    }

    static func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    }

    /// The paths of all keys.
    private(set) var keys: [String] = []
    /// The lines that were written.
    private(set) var lines: [String] = []
    /// The line of each key, also of a misspelt one.
    private(set) var keyLines: [String: Int] = [:]
    /// The line where each mapping begins.
    private(set) var mappingLines: [String: Int] = [:]

    private let damaged: String?
    private let damage: Damage

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// Writes a tree, with one key damaged if one is named.
    init(_ tree: YAMLTree, damaged: String? = nil, _ damage: Damage = .dropped) {
        self.damaged = damaged
        self.damage = damage
        write(tree, indent: "", path: "")
    }

    private mutating func write(_ tree: YAMLTree, indent: String, path: String) {
        switch tree.content {
        case .text(let text, let isPlain):
            lines[lines.count - 1] += " " + Self.scalar(text, isPlain)
        case .list(let elements):
            if elements.isEmpty { lines[lines.count - 1] += " []" }
            for (index, element) in elements.enumerated() {
                lines.append("\(indent)-")
                write(element, indent: indent + "  ", path: "\(path)[\(index)]")
            }
        case .mapping(let pairs):
            let kept = pairs.filter { damage != .dropped || YAMLMapping.join(path, $0.key) != damaged }
            if kept.isEmpty { lines[lines.count - 1] += " {}" }
            mappingLines[path] = kept.isEmpty ? lines.count : lines.count + 1
            keys += pairs.map { YAMLMapping.join(path, $0.key) }
            for pair in kept { write(pair, indent, path) }
        }
    }

    private mutating func write(_ pair: YAMLPair, _ indent: String, _ path: String) {
        let inner = YAMLMapping.join(path, pair.key)
        let isDamaged = inner == damaged
        lines.append("\(indent)\(pair.key)\(isDamaged && damage == .misspelt ? "x" : ""):")
        keyLines[inner] = lines.count
        if isDamaged, damage == .ofAnotherType || damage == .ofAnotherScalar {
            lines[lines.count - 1] += " " + replacement(pair.value)
        } else {
            write(pair.value, indent: indent + "  ", path: inner)
        }
    }

    /// A value that is none of the kind that stands there.
    private func replacement(_ value: YAMLTree) -> String {
        guard damage == .ofAnotherScalar else {
            if case .text = value.content { return "[]" }
            return "nonsense"
        }
        guard case .text(let text, true) = value.content else { return "7" }
        switch PlainScalar(text) {
        case .integer, .boolean: return "'\(text)'"
        default: return "7"
        }
    }

    private static func scalar(_ text: String, _ isPlain: Bool) -> String {
        if isPlain { return text }
        return "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
    }

    /// The tree of a shipped file.
    static func tree(_ file: String) throws -> YAMLTree? {
        YAMLTree.parse(try text(file), YAMLNotebook(file: file))
    }
}
