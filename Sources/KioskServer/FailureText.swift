/// What a person is told about a failure: what it is, why, and the way on (INV-26).
struct FailureText: Sendable, Equatable {
    /// A few words.
    var title: String
    /// Why, in plain words.
    var text: String
    /// What to do next.
    var next: String

    /// The texts for a failure code: its own, else those of its area, else the general ones.
    init(code: String, _ table: StringTable) {
        let area = String(code.prefix { $0 != "." })
        let known = [code, area].first { table.texts["failure.\($0).title"] != nil } ?? "general"
        let stem = "failure.\(known)"
        self.title = table.text("\(stem).title")
        self.text = table.text("\(stem).text")
        self.next = table.text("\(stem).next")
    }
}
