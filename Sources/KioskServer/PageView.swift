import Mustache

/// What a template is filled from: names and their values.
///
/// A dictionary would do, but asking a generic type for its conformances makes swift-mustache several times slower.
struct PageView: ExpressibleByDictionaryLiteral, MustacheParent {
    private var values: [String: Any]

    init(dictionaryLiteral elements: (String, Any)...) {
        values = Dictionary(elements) { $1 }
    }

    /// The name under which the frame finds the template of its middle, which must stay a `String`.
    static let templateName = "template"

    /// The view of a value that may be missing: a section over it appears once, or not at all.
    static func section(_ name: String, _ value: String?) -> [PageView] {
        value.map { [[name: $0]] } ?? []
    }

    /// A text, a truth, views, or texts.
    subscript(name: String) -> Any? {
        get { values[name] }
        set { values[name] = newValue }
    }

    func child(named name: String) -> Any? {
        switch values[name] {
        case let text as String where name != Self.templateName: PageText(renderText: text)
        case let other: other
        }
    }
}

/// A text that swift-mustache knows at once how to render.
private struct PageText: MustacheCustomRenderable {
    let renderText: String
    var isNull: Bool { false }
}
