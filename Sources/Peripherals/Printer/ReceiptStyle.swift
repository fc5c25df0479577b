/// How a line of a slip looks.
public struct ReceiptStyle: Hashable, Sendable {
    /// Where a line stands between the edges of the paper.
    public enum Alignment: UInt8, Sendable, CaseIterable {
        /// At the left edge.
        case left = 0
        /// In the middle.
        case center = 1
        /// At the right edge.
        case right = 2
    }

    /// How large the characters are.
    public enum Size: Sendable, CaseIterable {
        /// The size of the font.
        case normal
        /// Twice as wide.
        case wide
        /// Twice as tall.
        case tall
        /// Twice as wide and as tall.
        case double

        /// How many normal columns one column of this size takes, 1 or 2.
        public var widthFactor: Int { self == .wide || self == .double ? 2 : 1 }

        /// How many normal lines one line of this size takes, 1 or 2.
        public var heightFactor: Int { self == .tall || self == .double ? 2 : 1 }
    }

    /// Where the line stands.
    public var alignment: Alignment
    /// How large it is.
    public var size: Size
    /// Whether it is bold.
    public var isBold: Bool

    /// Makes a style.
    ///
    /// - Parameters:
    ///   - alignment: Where the line stands.
    ///   - size: How large it is.
    ///   - isBold: Whether it is bold.
    public init(alignment: Alignment = .left, size: Size = .normal, isBold: Bool = false) {
        self.alignment = alignment
        self.size = size
        self.isBold = isBold
    }

    /// Left, normal size, not bold: the state of a printer after its initialisation.
    public static let normal = ReceiptStyle()
    /// In the middle, double size: a heading.
    public static let heading = ReceiptStyle(alignment: .center, size: .double)
}
