/// The endpoint that knows the codes of electronic social-security cards (PROTOCOLS.md 6).
public protocol CodeVerifier: Sendable {
    /// Has a code verified. A code lives for about a minute: an adapter sends it once and keeps it nowhere.
    ///
    /// - Parameters:
    ///   - code: The code, as it was scanned.
    ///   - purpose: What it is verified for.
    ///   - timeout: How long to wait.
    /// - Returns: What the endpoint says about the person.
    /// - Throws: ``PeripheralError`` with `scanner.code-refused` or `scanner.verifier-unavailable`.
    func verify(
        _ code: ScannedCode,
        for purpose: CodePurpose,
        timeout: Duration
    ) async throws(PeripheralError) -> VerifiedCode
}
