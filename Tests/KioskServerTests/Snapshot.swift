import Foundation
import Testing

/// Compares rendered pages with the files in `Snapshots/`.
///
/// With `UPDATE_SNAPSHOTS=1` in the environment the files are written anew; their difference is then reviewed like code.
enum Snapshot {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")

    static func compare(_ text: String, with name: String) throws {
        let file = folder.appending(path: name)
        let text = text.hasSuffix("\n") ? text : text + "\n"
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "\(name) differs; look at it, then run the tests with UPDATE_SNAPSHOTS=1")
    }
}
