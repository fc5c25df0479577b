/// How long things take at a printer: the values of a device profile.
public struct PrinterTimings: Hashable, Sendable {
    /// How long one chunk may take; a printer that waits for paper takes none.
    public let write: Duration
    /// How long one status answer may take.
    public let status: Duration
    /// How long the answer behind the data may take: the printing of what is still in the buffer.
    public let confirmation: Duration
    /// How long to wait between two questions about recovery.
    public let recoveryPoll: Duration

    /// What a timing can be.
    public static let range: ClosedRange<Duration> = .milliseconds(10)...(.seconds(120))

    /// Makes timings.
    ///
    /// - Parameters:
    ///   - write: How long one chunk may take.
    ///   - status: How long one status answer may take.
    ///   - confirmation: How long the answer behind the data may take.
    ///   - recoveryPoll: How long to wait between two questions about recovery.
    /// - Throws: ``PeripheralError`` with `printer.profile` for a value outside ``range``.
    public init(
        write: Duration = .seconds(5),
        status: Duration = .milliseconds(500),
        confirmation: Duration = .seconds(10),
        recoveryPoll: Duration = .seconds(2)
    ) throws(PeripheralError) {
        guard [write, status, confirmation, recoveryPoll].allSatisfy(Self.range.contains) else {
            throw PeripheralError(.printerProfile, "a timing of a printer lies within 10 ms and 120 s")
        }
        self.write = write
        self.status = status
        self.confirmation = confirmation
        self.recoveryPoll = recoveryPoll
    }
}
