/// Every mistake of one data file, in the order of its lines.
public struct YAMLMistakes: Error, Hashable, Sendable, CustomStringConvertible {
    /// The mistakes; at least one, at most ``countMax``.
    public var mistakes: [YAMLMistake]

    /// The most mistakes that are reported of one file; whoever has more repairs these first.
    public static let countMax = 100

    /// Creates from mistakes; those beyond ``countMax`` are dropped.
    public init(_ mistakes: [YAMLMistake]) {
        self.mistakes = Array(mistakes.prefix(Self.countMax))
    }

    /// One line for each mistake.
    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
