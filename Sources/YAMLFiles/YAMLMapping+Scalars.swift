extension YAMLMapping {
    /// A text that must be there.
    ///
    /// Without quotes it must not read as a number, a boolean or nothing.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - allowed: the only texts allowed; empty for any.
    ///   - lengthMax: the most characters; at least one is needed.
    /// - Returns: nil after a mistake was noted.
    public func string(_ key: String, oneOf allowed: [String] = [], lengthMax: Int = textLengthMax) -> String? {
        required(key).flatMap { text($0, Self.join(path, key), allowed, lengthMax) }
    }

    /// A text that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - default: what it is when left out.
    ///   - allowed: the only texts allowed; empty for any.
    ///   - lengthMax: the most characters; at least one is needed.
    /// - Returns: the default also after a mistake was noted.
    public func string(
        _ key: String,
        default: String,
        oneOf allowed: [String] = [],
        lengthMax: Int = textLengthMax
    ) -> String {
        optionalString(key, oneOf: allowed, lengthMax: lengthMax) ?? `default`
    }

    /// A text that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - allowed: the only texts allowed; empty for any.
    ///   - lengthMax: the most characters; at least one is needed.
    /// - Returns: nil when left out, and after a mistake was noted.
    public func optionalString(
        _ key: String,
        oneOf allowed: [String] = [],
        lengthMax: Int = textLengthMax
    ) -> String? {
        pair(key).flatMap { text($0.value, Self.join(path, key), allowed, lengthMax) }
    }

    /// A whole number that must be there: decimal, without quotes.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - range: what is allowed.
    /// - Returns: nil after a mistake was noted.
    public func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        required(key).flatMap { integer($0, Self.join(path, key), range) }
    }

    /// A whole number that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - range: what is allowed.
    ///   - default: what it is when left out.
    /// - Returns: the default also after a mistake was noted.
    public func integer(_ key: String, in range: ClosedRange<Int>, default: Int) -> Int {
        optionalInteger(key, in: range) ?? `default`
    }

    /// A whole number that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - range: what is allowed.
    /// - Returns: nil when left out, and after a mistake was noted.
    public func optionalInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
        pair(key).flatMap { integer($0.value, Self.join(path, key), range) }
    }

    /// `true` or `false`, without quotes, that must be there.
    ///
    /// - Parameter key: the key.
    /// - Returns: nil after a mistake was noted.
    public func boolean(_ key: String) -> Bool? {
        required(key).flatMap { boolean($0, Self.join(path, key)) }
    }

    /// `true` or `false` that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - default: what it is when left out.
    /// - Returns: the default also after a mistake was noted.
    public func boolean(_ key: String, default: Bool) -> Bool {
        pair(key).flatMap { boolean($0.value, Self.join(path, key)) } ?? `default`
    }

    /// A value of a type of its own that must be there, written as text or number, with or without quotes.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - expected: what should stand there, such as `a date YYYY-MM-DD`.
    ///   - parse: makes the value; nil or an error is a mistake.
    /// - Returns: nil after a mistake was noted.
    public func value<Value>(
        _ key: String,
        expected: String,
        parse: (String) throws -> Value?
    ) -> Value? {
        required(key).flatMap { value($0, Self.join(path, key), expected, parse) }
    }

    /// A value of a type of its own that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - expected: what should stand there, such as `a date YYYY-MM-DD`.
    ///   - parse: makes the value; nil or an error is a mistake.
    /// - Returns: nil when left out, and after a mistake was noted.
    public func optionalValue<Value>(
        _ key: String,
        expected: String,
        parse: (String) throws -> Value?
    ) -> Value? {
        pair(key).flatMap { value($0.value, Self.join(path, key), expected, parse) }
    }

    /// One case of an enumeration, by its raw text, that must be there.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - type: the enumeration.
    /// - Returns: nil after a mistake was noted.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        string(key, oneOf: type.allCases.map(\.rawValue)).flatMap { Choice(rawValue: $0) }
    }

    /// One case of an enumeration, by its raw text, that may be left out.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - default: what it is when left out.
    /// - Returns: the default also after a mistake was noted.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        default: Choice
    ) -> Choice where Choice.RawValue == String {
        optionalString(key, oneOf: Choice.allCases.map(\.rawValue)).flatMap { Choice(rawValue: $0) } ?? `default`
    }
}

extension YAMLMapping {
    func text(_ tree: YAMLTree, _ path: String, _ allowed: [String], _ lengthMax: Int) -> String? {
        guard case .text(let text, let isPlain) = tree.content else {
            notebook.note(line: tree.line, path: path, "expected a text, found \(tree.kind)")
            return nil
        }
        if isPlain, case .text = PlainScalar(text) {
            // A text, as it should be.
        } else if isPlain {
            notebook.note(line: tree.line, path: path, "expected a text, found \(tree.kind); put a text into quotes")
            return nil
        }
        guard !text.isEmpty, text.utf8.count <= 4 * lengthMax, text.count <= lengthMax else {
            notebook.note(line: tree.line, path: path, "expected a text of 1...\(lengthMax) characters")
            return nil
        }
        guard allowed.isEmpty || allowed.contains(text) else {
            let hint = NearestName.of(text, among: allowed).map { "; did you mean `\($0)`?" } ?? ""
            let list = allowed.map { "`\($0)`" }.joined(separator: ", ")
            notebook.note(line: tree.line, path: path, "expected one of \(list)\(hint)")
            return nil
        }
        return text
    }

    func integer(_ tree: YAMLTree, _ path: String, _ range: ClosedRange<Int>) -> Int? {
        let expected = "expected a whole number of \(range.lowerBound)...\(range.upperBound)"
        guard case .text(let text, true) = tree.content, case .integer(let integer) = PlainScalar(text) else {
            notebook.note(line: tree.line, path: path, "\(expected), without quotes")
            return nil
        }
        guard range.contains(integer) else {
            notebook.note(line: tree.line, path: path, expected)
            return nil
        }
        return integer
    }

    func boolean(_ tree: YAMLTree, _ path: String) -> Bool? {
        guard case .text(let text, true) = tree.content, case .boolean(let value) = PlainScalar(text) else {
            notebook.note(line: tree.line, path: path, "expected true or false, without quotes")
            return nil
        }
        return value
    }

    func value<Value>(
        _ tree: YAMLTree,
        _ path: String,
        _ expected: String,
        _ parse: (String) throws -> Value?
    ) -> Value? {
        guard case .text(let text, let isPlain) = tree.content, !text.isEmpty,
            text.utf8.count <= 4 * Self.textLengthMax
        else {
            notebook.note(line: tree.line, path: path, "expected \(expected), found \(tree.kind)")
            return nil
        }
        if isPlain, case .nothing = PlainScalar(text) {
            notebook.note(line: tree.line, path: path, "expected \(expected), found nothing")
            return nil
        }
        guard let value = try? parse(text) else {
            notebook.note(line: tree.line, path: path, "expected \(expected)")
            return nil
        }
        return value
    }
}
