/// How many digits a PIN may have at a device.
public struct PINEntryLimits: Hashable, Sendable {
    /// Digits of a PIN of the card (PROTOCOLS.md 1.7).
    public static let digitsRange = 4...16

    /// The fewest digits.
    public var digitsMin: Int
    /// The most digits.
    public var digitsMax: Int

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - digitsMin: The fewest digits.
    ///   - digitsMax: The most digits.
    public init(digitsMin: Int, digitsMax: Int) {
        self.digitsMin = digitsMin
        self.digitsMax = digitsMax
    }
}
