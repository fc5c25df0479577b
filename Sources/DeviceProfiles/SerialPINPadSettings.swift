/// What belongs to a PIN pad on a serial line (PROTOCOLS.md 7.3).
public struct SerialPINPadSettings: Hashable, Sendable {
    /// How long an answer may take, in milliseconds.
    public static let answerRange = 50...10_000

    /// How many digits a PIN may have.
    public var limits: PINEntryLimits
    /// How a frame is built.
    public var frame: PINPadFrame
    /// How long the pad waits for keys.
    public var timings: PINEntryTimings
    /// How long an answer may take.
    public var answer: Duration
    /// What is tried again.
    public var retries: RetrySettings
    /// How often a command is repeated after a frame that was cut or wrong.
    public var exchangeRetries: Int

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - limits: How many digits a PIN may have.
    ///   - frame: How a frame is built.
    ///   - timings: How long the pad waits for keys.
    ///   - answer: How long an answer may take.
    ///   - retries: What is tried again.
    ///   - exchangeRetries: How often a command is repeated after a wrong frame.
    public init(
        limits: PINEntryLimits,
        frame: PINPadFrame,
        timings: PINEntryTimings,
        answer: Duration,
        retries: RetrySettings,
        exchangeRetries: Int
    ) {
        self.limits = limits
        self.frame = frame
        self.timings = timings
        self.answer = answer
        self.retries = retries
        self.exchangeRetries = exchangeRetries
    }
}
