/// The elements of a fragment with the names of their attributes, in order: what text from outside must not change.
struct Elements: Equatable {
    var tags: [String]

    init(_ html: String) {
        tags = html.matches(of: /<(\/?[a-zA-Z0-9]+)((?: [a-zA-Z0-9-]+(?:="[^"]*")?)*)\/?>/).map { match in
            let names = match.2.matches(of: /\ ([a-zA-Z0-9-]+)(?:="[^"]*")?/).map { String($0.1) }
            return ([String(match.1)] + names).joined(separator: " ")
        }
    }
}

/// Checks that a fragment is well formed: every element closed in its order, every attribute quoted.
enum WellFormed {
    private static let void: Set = ["meta", "link", "path", "circle", "rect"]

    static func check(_ html: String) throws {
        var open: [String] = []
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            guard !rest[..<start].contains(">") else { throw TestFailure("a stray > before \(rest.prefix(60))") }
            guard let match = rest[start...].prefixMatch(of: /<(\/?)([!a-zA-Z0-9]+)((?: [a-zA-Z0-9-]+(?:="[^"<>]*")?)*)(\/?)>/)
            else {
                throw TestFailure("not a tag: \(rest[start...].prefix(60))")
            }
            let name = String(match.2)
            if match.1.isEmpty {
                if match.4.isEmpty, !void.contains(name), name != "!doctype" { open.append(name) }
            } else if open.popLast() != name {
                throw TestFailure("</\(name)> closes another element")
            }
            rest = rest[match.range.upperBound...]
        }
        guard open.isEmpty else { throw TestFailure("not closed: \(open)") }
    }
}
