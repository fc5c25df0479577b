package import SocialCard

/// The machine's clocks.
package protocol StationClock: Sendable {
    /// Wall clock, seconds since 1970 UTC. Kiosk clocks are often wrong: nothing is ordered by it.
    func now() -> Int64
    /// Grows steadily, also over changes of the wall clock; seconds.
    func uptime() -> Double
    /// Returns after that time, or throws when cancelled.
    func sleep(seconds: Int) async throws
}

/// A place in which the digits of one PIN exist: locked in memory, wiped after use.
package protocol PINBuffer: PINDigits, Sendable {
    /// Adds an ASCII digit; false when the buffer is full.
    func append(_ digit: UInt8) -> Bool
    /// Takes the last digit away.
    func deleteLast()
    /// Overwrites and empties the buffer.
    func wipe()
    /// Moves the digits into a buffer of their own; this one is empty afterwards and can take the next digits.
    func take() -> any PINBuffer
}

/// A source of random numbers, injected so that tests repeat.
package struct RandomSource: Sendable {
    /// The next 64 random bits.
    package let next: @Sendable () -> UInt64

    package init(_ next: @escaping @Sendable () -> UInt64) {
        self.next = next
    }

    /// A token of 32 lower-case hexadecimal digits.
    package func token() -> String {
        RandomSource.hex(next()) + RandomSource.hex(next())
    }

    /// The elements in random order (Fisher-Yates).
    package func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for index in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(index, Int(next() % UInt64(index + 1)))
        }
        return result
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
