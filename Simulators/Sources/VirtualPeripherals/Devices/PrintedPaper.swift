import CivilIdentity

/// The paper that comes out of a simulated printer: lines of text and cuts.
struct PrintedPaper: Hashable, Sendable {
    /// Lines that are kept; older ones fall off.
    static let linesMax = 5_000
    /// The longest line, bytes; longer ones go on in the next line, as on paper.
    static let lineBytesMax = 512
    /// What stands where the paper was cut.
    static let cutMark = "----8<----"

    private(set) var lines: [String] = []
    private var line: [UInt8] = []
    /// Lines since power came on.
    private(set) var lineCount = 0

    /// Whether something of the present line stands already.
    var isInLine: Bool { !line.isEmpty }

    /// Whether the line has no room left.
    var isLineFull: Bool { line.count >= Self.lineBytesMax }

    mutating func type(_ byte: UInt8) {
        line.append(byte)
    }

    /// Ends the line.
    ///
    /// - Parameter isChinese: bytes are GB 18030; otherwise each byte is a character.
    mutating func endLine(isChinese: Bool) {
        append(Self.text(line, isChinese: isChinese))
        line.removeAll()
    }

    /// Something that is no text, such as a picture.
    mutating func put(_ mark: String) {
        append(mark)
    }

    mutating func cut() {
        append(Self.cutMark)
    }

    mutating func tearOff() {
        lines.removeAll()
    }

    mutating func forgetLine() {
        line.removeAll()
    }

    private mutating func append(_ text: String) {
        lines.append(text)
        lineCount += 1
        if lines.count > Self.linesMax {
            lines.removeFirst()
        }
    }

    private static func text(_ bytes: [UInt8], isChinese: Bool) -> String {
        if isChinese, let text = try? GB18030.decode(bytes) {
            return text
        }
        return String(String.UnicodeScalarView(bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : "?" }))
    }
}
