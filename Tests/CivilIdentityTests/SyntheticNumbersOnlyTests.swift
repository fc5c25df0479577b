import CivilIdentity
import Foundation
import Testing

/// No file of the repository may hold the citizen number of a person who could exist (DOMAIN.md 4.0).
@Suite
struct SyntheticNumbersOnlyTests {
    /// The examples that the standard itself prints.
    static let standardExamples: Set = ["11010519491231002X", "440524188001010014"]
    /// Larger files are data of other kinds.
    static let fileBytesMax = 8_388_608

    @Test(.enabled(if: RepositoryFiles.isAvailable, "needs git and a checkout"))
    func inv19RepositoryHoldsOnlySyntheticCitizenNumbers() throws {
        var found: [String] = []
        for path in try RepositoryFiles.list() {
            let url = RepositoryFiles.root.appendingPathComponent(path)
            guard let data = try? Data(contentsOf: url, options: .mappedIfSafe), data.count <= Self.fileBytesMax else {
                continue
            }
            if Self.firstForbiddenNumber(in: data) != nil { found.append(path) }
        }
        #expect(found.isEmpty, "files with a citizen number that is not synthetic")
    }

    @Test
    func forbiddenNumberIsFoundWhereverItStands() throws {
        let real = try CitizenNumber(
            division: DivisionCode("440703"),
            birthDate: CivilDate(year: 1_990, month: 1, day: 1),
            sequence: 1
        ).rawValue
        for text in [real, "a: \(real)\n", "\"\(real)\"", "数\(real)字", "<\(real)>"] {
            #expect(Self.firstForbiddenNumber(in: Data(text.utf8)) != nil)
        }
        for text in ["1\(real)", "\(real)0", "a\(real)", "99999919400315001X", "11010519491231002X", ""] {
            #expect(Self.firstForbiddenNumber(in: Data(text.utf8)) == nil)
        }
    }

    /// The first run of exactly 18 letters and digits that is a valid number and not allowed.
    static func firstForbiddenNumber(in data: Data) -> CitizenNumber? {
        var start: Int?
        return data.withUnsafeBytes { bytes -> CitizenNumber? in
            for index in 0...bytes.count {
                if index < bytes.count, isWord(bytes[index]) {
                    start = start ?? index
                    continue
                }
                if let begin = start, index - begin == CitizenNumber.length,
                    let number = try? CitizenNumber(ascii: bytes[begin..<index]), !isAllowed(number)
                {
                    return number
                }
                start = nil
            }
            return nil
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    private static func isAllowed(_ number: CitizenNumber) -> Bool {
        let residencePermits = ["810000", "820000", "830000"]
        return number.isSynthetic || standardExamples.contains(number.rawValue)
            || residencePermits.contains(number.division.rawValue) && number.birthDate.year < 1_900
    }
}

/// The files that git knows or would take.
enum RepositoryFiles: Sendable {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let git = ["/usr/bin/git", "/usr/local/bin/git", "/bin/git"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static var isAvailable: Bool {
        git != nil && FileManager.default.fileExists(atPath: root.appendingPathComponent(".git").path)
    }

    /// Paths relative to the root.
    static func list() throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(git))
        process.arguments = [
            "-c", "safe.directory=*", "-C", root.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return data.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }
    }
}
