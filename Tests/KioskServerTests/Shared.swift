@testable import KioskServer

/// What many tests need and none changes, made once.
enum Shared {
    private static let rendererResult = Result { try PageRenderer() }
    private static let fixturesResult = Result { try Fixtures.all() }
    private static let tablesResult = Result { try PageTemplates().tables }

    static func renderer() throws -> PageRenderer { try rendererResult.get() }

    static func fixtures() throws -> [Fixture] { try fixturesResult.get() }

    static func table(_ language: PageLanguage) throws -> StringTable {
        guard let table = try tablesResult.get()[language] else { throw TestFailure("no texts in \(language)") }
        return table
    }
}
