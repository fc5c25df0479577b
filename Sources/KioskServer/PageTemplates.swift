import Mustache

/// The templates of the page, compiled once for each language with the texts already in them.
struct PageTemplates: Sendable {
    /// The texts of each language.
    let tables: [PageLanguage: StringTable]
    private let libraries: [PageLanguage: MustacheLibrary]

    /// Compiles all templates.
    ///
    /// - Throws: ``KioskError`` with `kiosk.texts` or `kiosk.template`; neither happens with the files as shipped, which
    ///   a test shows.
    init(
        templates: [KioskAssets.TemplateFile] = KioskAssets.templates,
        texts: (PageLanguage) -> [StringFile] = KioskAssets.texts
    ) throws(KioskError) {
        var tables: [PageLanguage: StringTable] = [:]
        var libraries: [PageLanguage: MustacheLibrary] = [:]
        for language in PageLanguage.allCases {
            let table = try StringTable(language, files: texts(language))
            tables[language] = table
            libraries[language] = try Self.library(templates, table)
        }
        self.tables = tables
        self.libraries = libraries
    }

    /// Fills a template.
    ///
    /// - Returns: HTML; empty when there is no such template.
    func render(_ template: String, _ view: PageView, _ language: PageLanguage) -> String {
        libraries[language]?.render(view, withTemplate: template) ?? ""
    }

    private static func library(
        _ templates: [KioskAssets.TemplateFile],
        _ table: StringTable
    ) throws(KioskError) -> MustacheLibrary {
        precondition(PageEscaping.isRegistered)
        var library = MustacheLibrary()
        for template in templates {
            let source = try withTexts(template, table)
            do {
                try library.register("{{% CONTENT_TYPE: \(PageEscaping.name)}}" + source, named: template.name)
            } catch {
                throw KioskError(.template, "the template \(template.name) is not well formed", cause: error)
            }
        }
        return library
    }

    /// The template with every `[[key]]` replaced by its text, escaped, and without indentation.
    private static func withTexts(
        _ template: KioskAssets.TemplateFile,
        _ table: StringTable
    ) throws(KioskError) -> String {
        let source = String(decoding: template.bytes, as: UTF8.self)
        var result = ""
        var rest = source[...]
        while let start = rest.firstRange(of: "[[") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: "]]") else {
                throw KioskError(.template, "the template \(template.name) has [[ without ]]")
            }
            let key = String(rest[start.upperBound..<end.lowerBound])
            guard let text = table.texts[key] else {
                throw KioskError(.texts, "\(table.language.rawValue) has no text \(key) for \(template.name)")
            }
            result += PageEscaping.escape(text)
            rest = rest[end.upperBound...]
        }
        result += rest
        return result.split(separator: "\n").joined(separator: "\n")
    }
}
