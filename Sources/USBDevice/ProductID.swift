/// The number that a maker gave a model of USB device (`idProduct`, USB 2.0, 9.6.1).
public struct ProductID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt16

    /// Takes a number.
    ///
    /// - Parameter rawValue: The number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Reads four hexadecimal digits, the form in which such numbers are written everywhere.
    ///
    /// - Parameter text: Four digits in either case; anything else gives nil.
    public init?(_ text: String) {
        guard let value = UInt16(fourDigits: text) else { return nil }
        rawValue = value
    }

    /// Four small hexadecimal digits, such as `c35a`.
    public var description: String { rawValue.fourDigits }

    /// Compares by number.
    public static func < (left: ProductID, right: ProductID) -> Bool { left.rawValue < right.rawValue }
}
