/// Commands of ESC/POS that a simulated printer knows (PROTOCOLS.md 7.1), and how long they are.
enum PrintCommand: Hashable, Sendable {
    /// A byte of text.
    case text(UInt8)
    case lineFeed
    /// ESC @.
    case initialise
    /// FS & and FS .
    case chinese(Bool)
    /// ESC d: so many lines.
    case feed(Int)
    case cut
    /// GS r: a status behind the data; 1 asks for the paper.
    case status(UInt8)
    /// Something that leaves a mark on the paper: a code or a picture.
    case mark(String)
    /// A command without effect on the text.
    case other
    case unknown

    /// Parameters of the longest picture or code, bytes; more is no command.
    static let dataBytesMax = 65_536

    /// Takes one command from the front of what was received.
    ///
    /// - Returns: the command and its length; nil when more bytes are needed.
    static func next(_ bytes: ArraySlice<UInt8>) -> (command: PrintCommand, length: Int)? {
        guard let first = bytes.first else { return nil }
        let rest = bytes.dropFirst()
        switch first {
        case 0x0A: return (.lineFeed, 1)
        case 0x1B: return rest.first.flatMap { escape($0, rest.dropFirst()) }
        case 0x1C: return rest.first.flatMap { chinese($0, rest.dropFirst()) }
        case 0x1D: return rest.first.flatMap { group($0, rest.dropFirst()) }
        case 0x00...0x1F: return (first == 0x0D || first == 0x09 ? .other : .unknown, 1)
        default: return (.text(first), 1)
        }
    }

    /// A command of two letters and some parameters.
    private static func fixed(
        _ command: PrintCommand,
        _ count: Int,
        _ rest: ArraySlice<UInt8>
    ) -> (command: PrintCommand, length: Int)? {
        rest.count < count ? nil : (command, 2 + count)
    }

    private static func escape(_ letter: UInt8, _ rest: ArraySlice<UInt8>) -> (command: PrintCommand, length: Int)? {
        switch letter {
        case 0x40: return fixed(.initialise, 0, rest)
        case 0x64: return rest.first.map { (.feed(Int($0)), 3) }
        case 0x4A: return fixed(.feed(1), 1, rest)
        case 0x69, 0x6D: return fixed(.cut, 0, rest)
        case 0x32: return fixed(.other, 0, rest)
        case 0x21, 0x20, 0x2D, 0x33, 0x45, 0x47, 0x4D, 0x52, 0x56, 0x61, 0x74, 0x7B: return fixed(.other, 1, rest)
        case 0x24, 0x5C, 0x63: return fixed(.other, 2, rest)
        case 0x70: return fixed(.other, 3, rest)
        default: return (.unknown, 2)
        }
    }

    private static func chinese(_ letter: UInt8, _ rest: ArraySlice<UInt8>) -> (command: PrintCommand, length: Int)? {
        switch letter {
        case 0x26: return fixed(.chinese(true), 0, rest)
        case 0x2E: return fixed(.chinese(false), 0, rest)
        case 0x21, 0x2D, 0x57: return fixed(.other, 1, rest)
        case 0x53: return fixed(.other, 2, rest)
        default: return (.unknown, 2)
        }
    }

    private static func group(_ letter: UInt8, _ rest: ArraySlice<UInt8>) -> (command: PrintCommand, length: Int)? {
        switch letter {
        case 0x56:
            guard let mode = rest.first else { return nil }
            return fixed(.cut, mode == 0x41 || mode == 0x42 ? 2 : 1, rest)
        case 0x72: return rest.first.map { (.status($0), 3) }
        case 0x21, 0x42, 0x48, 0x61, 0x66, 0x68, 0x77: return fixed(.other, 1, rest)
        case 0x4C, 0x50, 0x57: return fixed(.other, 2, rest)
        case 0x28: return symbol(rest)
        case 0x76: return picture(rest)
        default: return (.unknown, 2)
        }
    }

    /// GS ( k pL pH …: two-dimensional codes; function 81 prints.
    private static func symbol(_ rest: ArraySlice<UInt8>) -> (command: PrintCommand, length: Int)? {
        let head = Array(rest.prefix(3))
        guard head.count == 3 else { return nil }
        let count = Int(head[1]) | Int(head[2]) << 8
        guard rest.count >= 3 + count else { return nil }
        let body = Array(rest.dropFirst(3).prefix(count))
        let prints = head[0] == 0x6B && body.count >= 2 && body[1] == 81
        return (prints ? .mark("[code]") : .other, 5 + count)
    }

    /// GS v 0 m xL xH yL yH …: a picture of x bytes by y dots.
    private static func picture(_ rest: ArraySlice<UInt8>) -> (command: PrintCommand, length: Int)? {
        let head = Array(rest.prefix(6))
        guard head.count == 6 else { return nil }
        let width = Int(head[2]) | Int(head[3]) << 8
        let height = Int(head[4]) | Int(head[5]) << 8
        guard width * height <= dataBytesMax else { return (.unknown, 8) }
        guard rest.count >= 6 + width * height else { return nil }
        return (.mark("[picture \(width * 8)x\(height)]"), 8 + width * height)
    }
}
