/// How often a print job tries.
public struct PrintJobLimits: Hashable, Sendable {
    /// How often the slip is sent at most, the first time included.
    public let attempts: Int
    /// How often the printer is asked, in one job, whether it has recovered; 0 ends the job at the first failure.
    public let recoveryPolls: Int

    /// The attempts that a job can have; more would only waste paper.
    public static let attemptsRange = 1...5
    /// The questions that a job can have: an hour at one in two seconds.
    public static let recoveryPollsRange = 0...1_800

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - attempts: How often the slip is sent at most, within ``attemptsRange``.
    ///   - recoveryPolls: How often the printer is asked whether it has recovered, within ``recoveryPollsRange``.
    /// - Throws: ``PeripheralError`` with `printer.profile` for a value out of its bounds.
    public init(attempts: Int = 2, recoveryPolls: Int = 60) throws(PeripheralError) {
        guard Self.attemptsRange.contains(attempts), Self.recoveryPollsRange.contains(recoveryPolls) else {
            throw PeripheralError(.printerProfile, "a job has 1 to 5 attempts and 0 to 1,800 questions")
        }
        self.attempts = attempts
        self.recoveryPolls = recoveryPolls
    }
}
