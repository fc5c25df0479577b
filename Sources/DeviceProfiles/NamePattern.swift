/// A pattern for the PC/SC name of a reader or for the path of a device; upper and lower case differ.
///
/// A pattern is no regular expression: matching takes at most the product of both lengths, whatever they hold.
public enum NamePattern: Hashable, Sendable {
    /// The most bytes of a pattern: a PC/SC name has no more.
    public static let bytesMax = 128

    /// The name begins so.
    case prefix(String)
    /// The name holds this.
    case contains(String)
    /// `*` stands for any bytes, also none and also `/`; `?` for one byte; everything else for itself.
    case glob(String)

    /// Whether a name fits.
    ///
    /// - Parameter name: The name or path.
    /// - Returns: Whether all of the name fits.
    public func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        switch self {
        case .prefix(let text):
            return name.starts(with: text.utf8)
        case .contains(let text):
            let wanted = Array(text.utf8)
            return wanted.count <= name.count
                && (0...name.count - wanted.count).contains { name[$0...].starts(with: wanted) }
        case .glob(let text):
            return Self.matches(name, Array(text.utf8))
        }
    }

    /// How many bytes of a name the pattern fixes: of two that fit, the one that fixes more says more.
    public var literalCount: Int {
        switch self {
        case .prefix(let text), .contains(let text): text.utf8.count
        case .glob(let text): text.utf8.count { $0 != Self.star && $0 != Self.mark }
        }
    }

    private static let star = UInt8(ascii: "*")
    private static let mark = UInt8(ascii: "?")

    /// Goes through the name once; after a mismatch the last `*` takes one byte more.
    private static func matches(_ name: [UInt8], _ glob: [UInt8]) -> Bool {
        var (at, place) = (0, 0)
        var afterStar: (place: Int, at: Int)?
        while at < name.count {
            if place < glob.count, glob[place] == star {
                afterStar = (place + 1, at)
                place += 1
            } else if place < glob.count, glob[place] == mark || glob[place] == name[at] {
                (at, place) = (at + 1, place + 1)
            } else if let last = afterStar {
                afterStar = (last.place, last.at + 1)
                (at, place) = (last.at + 1, last.place)
            } else {
                return false
            }
        }
        return glob[place...].allSatisfy { $0 == star }
    }
}

extension NamePattern: CustomStringConvertible {
    /// The kind of pattern and its text.
    public var description: String {
        switch self {
        case .prefix(let text): "prefix `\(text)`"
        case .contains(let text): "contains `\(text)`"
        case .glob(let text): "glob `\(text)`"
        }
    }
}
