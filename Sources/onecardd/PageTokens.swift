import Foundation
import KioskServer
import LinuxHost
import Station

/// The tokens of the kiosk pages, new at each start; the launcher reads a page's address from a file of mode 0600.
struct PageTokens: Sendable {
    let tokens: [ServicePointID: PageToken]
    private let texts: [(ServicePointID, String)]
    private let directory: URL

    init(points: [ServicePoint], directory: URL) throws {
        self.directory = directory
        try StateDirectory.prepare(directory.path)
        var tokens: [ServicePointID: PageToken] = [:]
        texts = points.map { ($0.id, PageTokens.randomText()) }
        for (id, text) in texts { tokens[id] = PageToken(text) }
        self.tokens = tokens
    }

    /// Writes `<id>.url` for each page and gives the lines that a launcher script wants to see.
    func publish(port: Int) throws -> [String] {
        try texts.map { id, token in
            let address = "http://127.0.0.1:\(port)/?point=\(id)#token=\(token)"
            try PrivateFile.write(address + "\n", to: directory.appendingPathComponent("\(id).url").path)
            return "kiosk \(address)"
        }
    }

    /// Removes the files: the tokens are void once the daemon has stopped.
    func withdraw() {
        for (id, _) in texts {
            try? FileManager.default.removeItem(at: directory.appendingPathComponent("\(id).url"))
        }
    }

    /// 32 random bytes as base64url without padding.
    private static func randomText() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } }
        return Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
