public import SmartCard

/// The terminal security module in a reader's slot as a service for cards in other readers.
public struct PSAMService: AuthenticationService {
    private let reader: any CardReader
    private let dialect: PSAMDialect

    /// Takes a slot.
    ///
    /// - Parameters:
    ///   - reader: The slot with the module.
    ///   - dialect: The module's commands and keys.
    public init(reader: any CardReader, dialect: PSAMDialect) {
        self.reader = reader
        self.dialect = dialect
    }

    /// A module in the terminal.
    public var proof: CardProof { .psam }

    /// Answers the challenge of a card.
    ///
    /// - Parameter challenge: What the card asks.
    /// - Returns: The answer.
    /// - Throws: ``SocialCardError`` with `psam.missing`, `psam.wrong-dialect`, `psam.key-missing` or `psam.refused`.
    public func answer(_ challenge: AuthenticationChallenge) async throws -> AuthenticationAnswer {
        let dialect = dialect
        return try await withModule { channel in try PSAM(channel, dialect: dialect).answer(challenge) }
    }

    /// Protects a command that unblocks or sets the PIN.
    ///
    /// - Parameters:
    ///   - command: What the card is to do.
    ///   - newPIN: The digits of the new PIN; nil for unblocking.
    /// - Returns: The data field of the command.
    /// - Throws: As ``answer(_:)``; `pin.length` for a PIN that cannot be sent.
    public func seal(_ command: PINResetCommand, newPIN: (any PINDigits & Sendable)?) async throws -> [UInt8] {
        let dialect = dialect
        return try await withModule { channel in try PSAM(channel, dialect: dialect).seal(command, newPIN: newPIN) }
    }

    private func withModule<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        do {
            return try await reader.withCard(body)
        } catch let error as SmartCardError {
            switch error.code {
            case .cardAbsent, .cardMute, .cardRemoved, .readerNotFound, .readerUnplugged, .noReaders:
                throw SocialCardError(.psamMissing, "no security module answers in \(reader.name)", cause: error)
            default:
                throw SocialCardError(.psamRefused, "the security module in \(reader.name) failed", cause: error)
            }
        }
    }
}
