import Testing

@testable import KioskServer

@Suite
struct PageEscapingTests {
    @Test(arguments: [
        ("张*", "张*"), ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"), ("\" onx='", "&quot; onx=&#39;"),
        ("\"\u{301} onclick", "&quot;\u{301} onclick"), ("<\u{20E3}", "&lt;\u{20E3}"),
        ("a\u{0}b\u{1F}", "a\u{FFFD}b\u{FFFD}"),
        ("line\nline\t", "line\nline\t"), ("\u{2A6A5}𠮷", "\u{2A6A5}𠮷"), ("", ""),
    ])
    func whatComesFromOutsideCannotBecomeMarkup(_ text: String, _ expected: String) {
        #expect(Array(PageEscaping.escape(text).utf8) == Array(expected.utf8))
    }

    @Test
    func noTemplateWritesAnythingUnescaped() {
        for template in KioskAssets.templates {
            let source = String(decoding: template.bytes, as: UTF8.self)
            #expect(!source.contains("{{{"), "\(template.name)")
            #expect(!source.contains("{{&"), "\(template.name)")
            #expect(!source.contains("CONTENT_TYPE"), "\(template.name)")
            #expect(!source.contains(/\ style=|\ on[a-z]+=|javascript:/), "\(template.name)")
        }
    }

    @Test
    func everyPlaceForTextInATagIsQuoted() {
        for template in KioskAssets.templates {
            let source = String(decoding: template.bytes, as: UTF8.self)
            #expect(!source.contains(/=(\{\{|\[\[)/), "\(template.name)")
        }
    }
}
