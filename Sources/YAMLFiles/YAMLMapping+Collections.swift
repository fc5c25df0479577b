extension YAMLMapping {
    /// A mapping that must be there.
    ///
    /// - Parameter key: the key.
    /// - Returns: nil after a mistake was noted.
    public func mapping(_ key: String) -> YAMLMapping? {
        required(key).flatMap { mapping($0, Self.join(path, key)) }
    }

    /// A mapping that may be left out.
    ///
    /// - Parameter key: the key.
    /// - Returns: nil when left out, and after a mistake was noted.
    public func optionalMapping(_ key: String) -> YAMLMapping? {
        pair(key).flatMap { mapping($0.value, Self.join(path, key)) }
    }

    /// A mapping or a text that must be there, for values that have a short form.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - texts: the texts allowed instead of a mapping.
    ///   - fromText: makes the value of one of the texts.
    ///   - fromMapping: makes the value of a mapping; returns nil after a mistake was noted.
    /// - Returns: nil after a mistake was noted.
    public func either<Value>(
        _ key: String,
        texts: [String],
        fromText: (String) -> Value,
        fromMapping: (YAMLMapping) -> Value?
    ) -> Value? {
        guard let tree = required(key) else {
            return nil
        }
        let path = Self.join(path, key)
        switch tree.content {
        case .mapping(let pairs):
            return fromMapping(YAMLMapping(pairs: pairs, line: tree.line, path: path, notebook: notebook))
        case .text(let text, _) where texts.contains(text):
            return fromText(text)
        case .text, .list:
            let list = texts.map { "`\($0)`" }.joined(separator: ", ")
            notebook.note(line: tree.line, path: path, "expected \(list) or a mapping")
            return nil
        }
    }

    /// A list of mappings that must be there.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - count: how many elements are allowed.
    ///   - element: makes one element; returns nil after a mistake was noted.
    /// - Returns: nil after a mistake was noted, also one of an element.
    public func list<Element>(
        _ key: String,
        count: ClosedRange<Int> = 0...listCountMax,
        _ element: (YAMLMapping) -> Element?
    ) -> [Element]? {
        required(key).flatMap { tree in
            elements(tree, Self.join(path, key), count) { mapping($0, $1).flatMap(element) }
        }
    }

    /// A list of mappings that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - count: how many elements are allowed.
    ///   - element: makes one element; returns nil after a mistake was noted.
    /// - Returns: an empty list when left out, nil after a mistake was noted.
    public func optionalList<Element>(
        _ key: String,
        count: ClosedRange<Int> = 0...listCountMax,
        _ element: (YAMLMapping) -> Element?
    ) -> [Element]? {
        has(key) ? list(key, count: count, element) : []
    }

    /// A list of texts that must be there.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - count: how many elements are allowed.
    ///   - allowed: the only texts allowed; empty for any.
    ///   - lengthMax: the most characters of each.
    /// - Returns: nil after a mistake was noted.
    public func strings(
        _ key: String,
        count: ClosedRange<Int> = 0...listCountMax,
        oneOf allowed: [String] = [],
        lengthMax: Int = textLengthMax
    ) -> [String]? {
        required(key).flatMap { tree in
            elements(tree, Self.join(path, key), count) { text($0, $1, allowed, lengthMax) }
        }
    }

    /// A list of texts that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - default: what it is when left out.
    ///   - count: how many elements are allowed.
    ///   - allowed: the only texts allowed; empty for any.
    ///   - lengthMax: the most characters of each.
    /// - Returns: the default also after a mistake was noted.
    public func strings(
        _ key: String,
        default: [String],
        count: ClosedRange<Int> = 0...listCountMax,
        oneOf allowed: [String] = [],
        lengthMax: Int = textLengthMax
    ) -> [String] {
        guard has(key) else {
            return `default`
        }
        return strings(key, count: count, oneOf: allowed, lengthMax: lengthMax) ?? `default`
    }

    /// A list of values of a type of its own that must be there.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - count: how many elements are allowed.
    ///   - expected: what each should be, such as `a date YYYY-MM-DD`.
    ///   - parse: makes one value; nil or an error is a mistake.
    /// - Returns: nil after a mistake was noted.
    public func values<Value>(
        _ key: String,
        count: ClosedRange<Int> = 0...listCountMax,
        expected: String,
        parse: (String) throws -> Value?
    ) -> [Value]? {
        required(key).flatMap { tree in
            elements(tree, Self.join(path, key), count) { value($0, $1, expected, parse) }
        }
    }

    /// A mapping whose keys are data, each with a mapping as its value, that must be there.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - count: how many keys are allowed.
    ///   - entry: makes the value of one key; returns nil after a mistake was noted.
    /// - Returns: nil after a mistake was noted, also one of an entry.
    public func entries<Value>(
        _ key: String,
        count: ClosedRange<Int> = 0...listCountMax,
        _ entry: (String, YAMLMapping) -> Value?
    ) -> [String: Value]? {
        guard let outer = mapping(key) else {
            return nil
        }
        guard count.contains(outer.keys.count) else {
            outer.note("expected \(count.lowerBound)...\(count.upperBound) keys")
            return nil
        }
        var result: [String: Value] = [:]
        for name in outer.keys {
            result[name] = outer.mapping(name).flatMap { entry(name, $0) }
        }
        return result.count == outer.keys.count ? result : nil
    }

    private func mapping(_ tree: YAMLTree, _ path: String) -> YAMLMapping? {
        guard case .mapping(let pairs) = tree.content else {
            notebook.note(line: tree.line, path: path, "expected a mapping, found \(tree.kind)")
            return nil
        }
        return YAMLMapping(pairs: pairs, line: tree.line, path: path, notebook: notebook)
    }

    private func elements<Element>(
        _ tree: YAMLTree,
        _ path: String,
        _ count: ClosedRange<Int>,
        _ element: (YAMLTree, String) -> Element?
    ) -> [Element]? {
        guard case .list(let trees) = tree.content else {
            notebook.note(line: tree.line, path: path, "expected a list, found \(tree.kind)")
            return nil
        }
        guard count.contains(trees.count) else {
            notebook.note(
                line: tree.line,
                path: path,
                "expected a list of \(count.lowerBound)...\(count.upperBound) elements, found \(trees.count)"
            )
            return nil
        }
        let elements = trees.enumerated().map { element($0.element, "\(path)[\($0.offset)]") }
        let present = elements.compactMap(\.self)
        return present.count == elements.count ? present : nil
    }
}
