/// The port to whoever knows the keys of cards: a security module in the terminal, or one in the back office.
///
/// All services of a reading together have ``SocialCard/answerLimit``.
public protocol AuthenticationService: Sendable {
    /// What an answer of this service proves about a card.
    var proof: CardProof { get }

    /// Answers the challenge of a card.
    ///
    /// - Parameter challenge: What the card asks.
    /// - Returns: The answer.
    /// - Throws: ``SocialCardError`` with `psam.missing`, `psam.wrong-dialect`, `psam.key-missing`, `psam.refused`,
    ///   `hsm.unreachable`, `hsm.answer-malformed` or `hsm.refused`, after which another service may be asked.
    func answer(_ challenge: AuthenticationChallenge) async throws -> AuthenticationAnswer

    /// Protects a command that unblocks or sets the PIN.
    ///
    /// - Parameters:
    ///   - command: What the card is to do.
    ///   - newPIN: The digits of the new PIN, 4 to 16, for setting it; nil for unblocking.
    /// - Returns: The data field of the command: the encrypted PIN, if there is one, and the authentication code.
    /// - Throws: As ``answer(_:)``.
    func seal(_ command: PINResetCommand, newPIN: (any PINDigits & Sendable)?) async throws -> [UInt8]
}
