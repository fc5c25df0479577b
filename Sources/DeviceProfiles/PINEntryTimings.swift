/// How long a device waits for keys.
public struct PINEntryTimings: Hashable, Sendable {
    /// In milliseconds; PC/SC part 10 carries the seconds in one byte.
    public static let range = 1_000...255_000

    /// How long it waits for the first key.
    public var firstKey: Duration
    /// How long it waits for each further key.
    public var nextKey: Duration

    /// Makes timings.
    ///
    /// - Parameters:
    ///   - firstKey: How long it waits for the first key.
    ///   - nextKey: How long it waits for each further key.
    public init(firstKey: Duration, nextKey: Duration) {
        self.firstKey = firstKey
        self.nextKey = nextKey
    }
}
