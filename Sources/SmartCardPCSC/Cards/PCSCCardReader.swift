import SmartCard

/// One reader behind PC/SC; its calls run one after another on a thread of its own.
struct PCSCCardReader: CardReader {
    let name: ReaderName
    let lane: ReaderLane

    /// Why the service is lost, if supervision knows that it is.
    let loss: @Sendable () -> SmartCardError.Code?

    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        if let code = loss() {
            // No thread is sent into a service that is known not to answer.
            throw SmartCardError(code, "there is no smart-card service to reach \(name)")
        }
        let call = PendingBody(body)
        return try await withTaskCancellationHandler {
            lane.submit(call)
            return try await call.result()
        } onCancel: {
            lane.cancel(call)
        }
    }
}
