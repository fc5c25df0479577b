import DeviceProfiles
import SeededRandom
import Testing

@testable import YAMLFiles

@Suite
struct DeviceProfileFileFuzzTests {
    /// Copies of each file with some bytes changed.
    private static let byteMutations = 120
    /// Copies of each file with values taken from other keys.
    private static let valueMutations = 200

    @Test(arguments: DeviceProfileSheet.files)
    func filesWithChangedBytesAreDecodedOrRefused(_ file: String) throws {
        let valid = Array(try DeviceProfileSheet.text(file).utf8)
        var random = SplitMix64(seed: 0xD0C5_0001)
        for _ in 0..<Self.byteMutations {
            var bytes = valid
            for _ in 0...random.below(3) {
                switch random.below(3) {
                case 0: bytes[random.below(bytes.count)] = UInt8(random.below(128))
                case 1: bytes.remove(at: random.below(bytes.count))
                default: bytes.insert(UInt8(random.below(128)), at: random.below(bytes.count))
                }
            }
            try check(String(decoding: bytes, as: UTF8.self), file)
        }
    }

    @Test(arguments: DeviceProfileSheet.files)
    func filesWithExchangedValuesAreDecodedOrRefused(_ file: String) throws {
        let lines = try DeviceProfileSheet.text(file).split(separator: "\n").map(String.init)
        let strange = [
            "[]", "{}", "''", "0", "-1", "9223372036854775807", "9223372036854775808", "true", "none", "any", "find",
            "'00'", "ff", "'ffff'", "\"\\u0000\"", "*", "~", "|", "1e9", "[[]]", "{ prefix: a }", "🖨️", "'\\'",
        ]
        let own = lines.compactMap { line in line.firstIndex(of: ":").map { String(line[line.index(after: $0)...]) } }
        let values = own + strange
        var random = SplitMix64(seed: 0xD0C5_0002)
        for _ in 0..<Self.valueMutations {
            var changed = lines
            for _ in 0...random.below(2) {
                let at = random.below(changed.count)
                guard let colon = changed[at].firstIndex(of: ":") else { continue }
                changed[at] = changed[at][...colon] + " " + values[random.below(values.count)]
            }
            if random.below(4) == 0 { changed.swapAt(random.below(changed.count), random.below(changed.count)) }
            try check(changed.joined(separator: "\n"), file)
        }
    }

    /// A refused file has a mistake inside it; a decoded one is the profile of its file.
    private func check(_ text: String, _ file: String) throws {
        do throws(YAMLMistakes) {
            let profile = try DeviceProfileFile.decode(text, file: file)
            #expect(file == "\(profile.kind.rawValue)/\(profile.id).yaml")
            #expect(profile.connection.simulation.map { $0 == (profile.isSimulated ? .all : .none) } ?? true)
        } catch {
            let lineCount = text.count { $0.isNewline } + 1
            #expect(!error.mistakes.isEmpty)
            #expect(error.mistakes.allSatisfy { $0.file == file && (0...lineCount + 1).contains($0.line) }, "\(error)")
        }
    }
}
