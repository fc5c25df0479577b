/// What belongs to a reader of ID documents (PROTOCOLS.md 2).
public struct IDReaderSettings: Hashable, Sendable {
    /// How a frame travels by USB (PROTOCOLS.md 2.1).
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// The whole frame on one pair of endpoints; on a serial line it is always so.
        case singleFrame = "single-frame"
        /// Head and rest on endpoints of their own.
        case splitPipes = "split-pipes"
    }

    /// What has a timing of its own (PROTOCOLS.md 2.3).
    public enum Step: String, Hashable, Sendable, CaseIterable {
        /// Looking for a document.
        case find
        /// Selecting it.
        case select
        /// Reading text and photo.
        case read
        /// Reading text, photo and fingerprint.
        case readFingerprint
        /// Reading the new address.
        case newAddress
        /// Asking for the name of the security module.
        case samID
        /// Asking for the state of the security module, and resetting it.
        case status
        /// The pause between two finds while nothing is there.
        case findPause
    }

    /// How long a step may take, in milliseconds; drivers use 100 to 3,000.
    public static let timingRange = 50...10_000

    /// How a frame travels.
    public var mode: Mode
    /// How long to wait for the answer to each step; all are there.
    public var timings: [Step: Duration]
    /// What is tried again.
    public var retries: RetrySettings
    /// How often a request is repeated after a frame that was cut or wrong.
    public var exchangeRetries: Int

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - mode: How a frame travels.
    ///   - timings: How long to wait for the answer to each step.
    ///   - retries: What is tried again.
    ///   - exchangeRetries: How often a request is repeated after a wrong frame.
    public init(mode: Mode, timings: [Step: Duration], retries: RetrySettings, exchangeRetries: Int) {
        self.mode = mode
        self.timings = timings
        self.retries = retries
        self.exchangeRetries = exchangeRetries
    }
}
