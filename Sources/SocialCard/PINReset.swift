public import SmartCard

/// Unblocks or sets the PIN of a card with a security module that holds the keys for it.
///
/// Nothing of this is ever done unless somebody entitled asks for it by name.
public struct PINReset: Sendable {
    private let service: any AuthenticationService
    private let vector: PINResetCommand.VectorSource
    private let waiting: (any ReaderThreadWait)?

    /// Sets the service up.
    ///
    /// - Parameters:
    ///   - service: The security module; there is no falling back, since a card that refuses loses a try.
    ///   - vector: Where the initial vector of the authentication code comes from.
    ///   - waiting: How the card's reader waits for the module, as in ``AuthenticatedReading``; nil for three calls of
    ///     the reader.
    public init(
        service: any AuthenticationService,
        vector: PINResetCommand.VectorSource = .zero,
        waiting: (any ReaderThreadWait)? = nil
    ) {
        self.service = service
        self.vector = vector
        self.waiting = waiting
    }

    /// Gives the PIN all its tries again.
    ///
    /// - Parameter reader: The reader of the card; no other caller may use the card until this has ended.
    /// - Throws: As ``SocialCard/openPINReset(_:)``, the service, and the two steps after it.
    public func unblock(_ reader: any CardReader) async throws {
        try await perform(.unblock, newPIN: nil, reader)
    }

    /// Sets a new PIN.
    ///
    /// - Parameters:
    ///   - newPIN: The digits, 4 to 16.
    ///   - reader: The reader of the card; no other caller may use the card until this has ended.
    /// - Throws: As ``unblock(_:)``; `pin.length` before anything is sent.
    public func reload(newPIN: any PINDigits & Sendable, _ reader: any CardReader) async throws {
        try newPIN.withDigits { digits in try SocialCard.check(digits) }
        try await perform(.reload, newPIN: newPIN, reader)
    }

    private func perform(
        _ action: PINResetCommand.Action,
        newPIN: (any PINDigits & Sendable)?,
        _ reader: any CardReader
    ) async throws {
        guard let waiting else { return try await performInThreeCalls(action, newPIN: newPIN, reader) }
        try await reader.withCard { channel in
            let challenge = try SocialCard.openPINReset(channel)
            let answer = try waiting.wait(for: service.proof) { try await service.answer(challenge) }
            let command = try prepare(channel, challenge, answer, action)
            let sealed = try waiting.wait(for: service.proof) { try await service.seal(command, newPIN: newPIN) }
            try SocialCard.sendPINReset(channel, command, sealed: sealed)
        }
    }

    private func performInThreeCalls(
        _ action: PINResetCommand.Action,
        newPIN: (any PINDigits & Sendable)?,
        _ reader: any CardReader
    ) async throws {
        let challenge = try await reader.withCard { channel in try SocialCard.openPINReset(channel) }
        let answer = try await service.answer(challenge)
        let command = try await reader.withCard { channel in try prepare(channel, challenge, answer, action) }
        let sealed = try await service.seal(command, newPIN: newPIN)
        try await reader.withCard { channel in try SocialCard.sendPINReset(channel, command, sealed: sealed) }
    }

    private func prepare(
        _ channel: any CardChannel,
        _ challenge: AuthenticationChallenge,
        _ answer: AuthenticationAnswer,
        _ action: PINResetCommand.Action
    ) throws -> PINResetCommand {
        try SocialCard.preparePINReset(
            channel,
            challenge: challenge,
            answer: answer,
            proof: service.proof,
            action: action,
            vector: vector
        )
    }
}
