/// What is left of a time that runs on a clock.
struct Deadline {
    private let leftBody: @Sendable () -> Duration

    /// Starts a time.
    ///
    /// - Parameters:
    ///   - timeout: How long it runs from now.
    ///   - clock: What it runs on.
    init(after timeout: Duration, _ clock: some Clock<Duration>) {
        let end = clock.now.advanced(by: timeout)
        leftBody = { clock.now.duration(to: end) }
    }

    /// What is left; zero or less when the time is over.
    var left: Duration { leftBody() }
}
