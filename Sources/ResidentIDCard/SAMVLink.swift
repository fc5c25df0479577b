/// The way to the security module of a reader: one request, one response.
///
/// A link has one user at a time. It throws away what came before the request, and takes nothing for the response that
/// only an earlier request can have as its answer.
public protocol SAMVLink: Sendable {
    /// Sends a command and waits for its response.
    ///
    /// - Parameters:
    ///   - command: What to send.
    ///   - timeout: How long the whole exchange may take.
    /// - Returns: The response, whatever its status.
    /// - Throws: ``ResidentIDError`` with `id.timeout`, `id.checksum` (a response came damaged), `id.frame-malformed`
    ///   (something came that is no response to this command), `id.line-failed` or `id.cancelled`.
    func exchange(_ command: SAMVCommand, timeout: Duration) async throws(ResidentIDError) -> SAMVResponse
}
