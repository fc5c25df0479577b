/// The port to waiting, on a reader's own thread, for something that happens elsewhere.
///
/// The body of ``SmartCard/CardReader/withCard(_:)`` runs on that thread, which may block; threads of Swift's
/// cooperative pool must not.
public protocol ReaderThreadWait: Sendable {
    /// Runs `work` elsewhere and blocks the calling thread until it ends or the time is over.
    ///
    /// `work` is cancelled when the time is over, and not waited for any longer.
    ///
    /// - Parameters:
    ///   - limit: The longest wait.
    ///   - work: What is done elsewhere; it must not use the reader that waits.
    /// - Returns: What `work` gave, or nil if the time was over before.
    /// - Throws: What `work` throws.
    func wait<Result: Sendable>(
        atMost limit: Duration,
        for work: @escaping @Sendable () async throws -> Result
    ) throws -> Result?
}

extension ReaderThreadWait {
    /// Waits for a security module.
    ///
    /// - Parameters:
    ///   - proof: What kind of module is asked last, for the code of the error.
    ///   - work: What is done elsewhere.
    /// - Returns: What `work` gave.
    /// - Throws: What `work` throws; `hsm.unreachable` or `psam.refused` if it took longer than
    ///   ``SocialCard/answerLimit``.
    func wait<Result: Sendable>(
        for proof: CardProof?,
        _ work: @escaping @Sendable () async throws -> Result
    ) throws -> Result {
        guard let result = try wait(atMost: SocialCard.answerLimit, for: work) else {
            throw SocialCardError(proof == .hsm ? .hsmUnreachable : .psamRefused, "no answer came in time")
        }
        return result
    }
}
