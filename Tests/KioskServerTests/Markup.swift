/// The elements of a fragment, read by a strict parser: every element closed in its order, every attribute quoted.
struct Markup: Equatable {
    /// Name of each opening or closing tag with the names of its attributes, in order.
    private(set) var tags: [String] = []

    private static let void: Set = ["meta", "link", "path", "circle", "rect", "!doctype"]

    /// - Throws: ``TestFailure`` when the fragment is not well formed.
    init(_ html: String) throws {
        var scanner = Scanner(bytes: Array(html.utf8))
        var open: [String] = []
        while try scanner.skipText() {
            let tag = try scanner.tag()
            tags.append(([tag.name] + tag.attributes).joined(separator: " "))
            if tag.name.hasPrefix("/") {
                guard open.popLast() == String(tag.name.dropFirst()) else {
                    throw TestFailure("<\(tag.name)> closes another element")
                }
            } else if !tag.isSelfClosing, !Self.void.contains(tag.name) {
                open.append(tag.name)
            }
        }
        guard open.isEmpty else { throw TestFailure("not closed: \(open)") }
    }

    private struct Tag {
        var name: String
        var attributes: [String]
        var isSelfClosing: Bool
    }

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// - Returns: whether a tag begins here.
        mutating func skipText() throws -> Bool {
            while index < bytes.count, bytes[index] != UInt8(ascii: "<") {
                guard bytes[index] != UInt8(ascii: ">") else { throw failure("a stray >") }
                index += 1
            }
            return index < bytes.count
        }

        mutating func tag() throws -> Tag {
            index += 1
            let slash = take("/") ? "/" : ""
            let name = slash + (take("!") ? "!" : "") + word()
            guard name.count > slash.count else { throw failure("no name of an element") }
            var attributes: [String] = []
            while take(" ") {
                let attribute = word()
                guard !attribute.isEmpty else { throw failure("no name of an attribute") }
                attributes.append(attribute)
                if take("=") { try value() }
            }
            let isSelfClosing = take("/")
            guard take(">") else { throw failure("the tag \(name) has no end") }
            return Tag(name: name, attributes: attributes, isSelfClosing: isSelfClosing)
        }

        private mutating func value() throws {
            guard take("\"") else { throw failure("a value that is not quoted") }
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                guard bytes[index] != UInt8(ascii: "<"), bytes[index] != UInt8(ascii: ">") else {
                    throw failure("markup in a value")
                }
                index += 1
            }
            guard take("\"") else { throw failure("a value without an end") }
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        private mutating func word() -> String {
            let start = index
            while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }

        private static func isWord(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }

        private func failure(_ what: String) -> TestFailure {
            TestFailure("\(what) at \(String(decoding: bytes[index...].prefix(60), as: UTF8.self))")
        }
    }
}
