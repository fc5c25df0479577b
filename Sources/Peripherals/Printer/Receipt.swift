/// A slip: what a person takes away on paper.
///
/// A receipt knows nothing of a printer. Control characters, invisible formatting, line separators and noncharacters are
/// dropped when it is made, so that no text can become a command or turn a line round.
public struct Receipt: Hashable, Sendable {
    /// The lines in order.
    public let lines: [ReceiptLine]

    /// Whether the station is simulated; the slip then carries ``simulatedMark`` on top and bottom.
    public let isSimulated: Bool

    /// The most lines of a slip; the longest, a year of payments of a large household, has about 80.
    public static let linesMax = 200
    /// The most characters of a slip, over all lines.
    public static let charactersMax = 8_000
    /// The most characters of a QR code: the module stays large enough on paper of 58 mm.
    public static let codeCharactersMax = 512

    /// What stands on top and bottom of the slip of a simulated station.
    public static let simulatedMark = "演示"
    /// What stands on top of a slip that is printed once more after a failure.
    public static let reprintMark = "重打"

    /// Makes a slip.
    ///
    /// - Parameters:
    ///   - lines: The lines, at most ``linesMax`` with ``charactersMax`` characters.
    ///   - isSimulated: Whether the station is simulated.
    /// - Throws: ``PeripheralError`` with `printer.slip-too-large` when a limit is passed, also by a QR code, or a QR
    ///   code is empty or holds something other than printable ASCII.
    public init(lines: [ReceiptLine], isSimulated: Bool) throws(PeripheralError) {
        guard lines.count <= Self.linesMax else {
            throw PeripheralError(.printerSlipTooLarge, "a slip has at most \(Self.linesMax) lines")
        }
        var left = Self.charactersMax
        for line in lines {
            left -= try Self.characterCount(of: line)
            guard left >= 0 else {
                throw PeripheralError(.printerSlipTooLarge, "a slip has at most \(Self.charactersMax) characters")
            }
        }
        self.lines = lines.map(Self.clean)
        self.isSimulated = isSimulated
    }

    /// Unicode scalars, which is what a printer prints one by one.
    private static func characterCount(of line: ReceiptLine) throws(PeripheralError) -> Int {
        switch line {
        case .text(let text, _):
            return text.unicodeScalars.count
        case .pair(let key, let value, _, _):
            return key.unicodeScalars.count + value.unicodeScalars.count
        case .rule, .blank:
            return 0
        case .code(let content):
            guard (1...codeCharactersMax).contains(content.utf8.count),
                content.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
            else {
                throw PeripheralError(.printerSlipTooLarge, "a QR code has 1 to \(codeCharactersMax) ASCII characters")
            }
            return content.utf8.count
        }
    }

    private static func clean(_ line: ReceiptLine) -> ReceiptLine {
        switch line {
        case .text(let text, let style):
            .text(clean(text), style)
        case .pair(let key, let value, let keyColumns, let isBold):
            .pair(key: clean(key), value: clean(value), keyColumns: keyColumns, isBold: isBold)
        case .rule, .blank, .code:
            line
        }
    }

    private static func clean(_ text: String) -> String {
        guard !text.unicodeScalars.allSatisfy(isPrintable) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter(isPrintable)))
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0x4E00...0x9FFF:
            return true
        case 0xFDD0...0xFDEF:
            return false
        default:
            guard scalar.value & 0xFFFE != 0xFFFE else { return false }
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
        default: return true
        }
    }
}

extension Receipt: PersonalContent {
    /// The number of lines.
    public var redacted: String { "slip of \(lines.count) lines" }
}
