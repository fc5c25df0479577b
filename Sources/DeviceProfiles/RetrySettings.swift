/// How often something is tried again before its failure is told.
public struct RetrySettings: Hashable, Sendable {
    /// How often opening may be repeated.
    public static let openRange = 0...20
    /// How long the pause between two tries of opening may be, in milliseconds.
    public static let delayRange = 10...10_000
    /// How often a request or a slip may be repeated; more would only hide a fault.
    public static let repeatRange = 0...5

    /// How often opening the device is repeated.
    public var open: Int
    /// The pause between two tries of opening.
    public var delay: Duration

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - open: How often opening the device is repeated.
    ///   - delay: The pause between two tries of opening.
    public init(open: Int, delay: Duration) {
        self.open = open
        self.delay = delay
    }
}
