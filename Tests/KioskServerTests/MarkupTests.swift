import Testing

/// The parser that the other tests stand on.
@Suite
struct MarkupTests {
    @Test(arguments: [
        "<p>", "<p></b>", "<p a=b></p>", "<p a='b'></p>", "a > b", "<p a=\"<\"></p>", "< p></p>", "<p", "<p a=\"b></p>",
        "</p>",
        "<p a=\"b\"c></p>", "<b><i></b></i>",
    ])
    func whatIsNotWellFormedIsFound(_ html: String) {
        #expect(throws: TestFailure.self) { try Markup(html) }
    }

    @Test
    func elementsAndAttributesAreListed() throws {
        let markup = try Markup("<p id=\"a\" hidden>x &lt; y<rect x=\"1\"/></p>")
        #expect(markup.tags == ["p id hidden", "rect x", "/p"])
    }
}
