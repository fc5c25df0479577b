import Foundation
import Testing

@testable import KioskServer

@Suite
struct AssetTests {
    private var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/KioskServer/Assets").standardizedFileURL
    }

    @Test
    func everyFileIsBuiltIn() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let templates = KioskAssets.templates.map { ($0.name + ".mustache", $0.bytes) }
        let texts = PageLanguage.allCases.flatMap(KioskAssets.texts).map { ($0.name, $0.bytes) }
        let others = [("kiosk.css", KioskAssets.styleSheet), ("kiosk.js", KioskAssets.script)]
        let known = templates + texts + others
        #expect(Set(files) == Set(known.map(\.0)))
        for (name, bytes) in known {
            #expect(try Array(Data(contentsOf: folder.appending(path: name))) == bytes, "\(name)")
        }
    }

    @Test
    func theStyleSheetLoadsNothing() {
        let text = String(decoding: KioskAssets.styleSheet, as: UTF8.self)
        #expect(!text.contains("@import"))
        let sources = text.matches(of: /url\(["']?([^"')]{0,12})/).map { String($0.1) }
        #expect(sources.allSatisfy { $0.hasPrefix("data:image/") })
    }

    @Test(arguments: [
        ("ink", "paper"), ("ink", "ground"), ("soft", "paper"), ("soft", "ground"), ("primary", "paper"),
        ("primary-dark", "paper"), ("primary-dark", "ground"), ("good", "paper"), ("warn-ink", "warn-ground"),
        ("bad", "paper"), ("bad", "bad-ground"),
    ])
    func coloursHaveTheContrastOfWCAGAAA(_ text: String, _ ground: String) throws {
        let (one, other) = (try luminance(text), try luminance(ground))
        let contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
        #expect(contrast >= 7, "\(text) on \(ground): \(contrast)")
    }

    /// The relative luminance of a colour of the style sheet, by WCAG 2.
    private func luminance(_ name: String) throws -> Double {
        let sheet = String(decoding: KioskAssets.styleSheet, as: UTF8.self)
        let pattern = try Regex("--\(name): #([0-9a-f]{6});", as: (Substring, Substring).self)
        let hex = try #require(sheet.firstMatch(of: pattern)).1
        let value = try #require(UInt32(hex, radix: 16))
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double((value >> UInt32(shift)) & 0xFF) / 255
            return part <= 0.040_45 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
