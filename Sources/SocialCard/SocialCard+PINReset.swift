public import SmartCard

// Unblocking and setting a PIN takes five steps, as reading takes three: the card asks, a security module answers, the
// card opens and gives the vector, the module protects the command, the card carries it out.
extension SocialCard {
    /// Asks the card for the challenge of the key that permits to reset the PIN.
    ///
    /// - Parameter channel: The card.
    /// - Returns: The challenge.
    /// - Throws: As ``open(_:)``.
    public static func openPINReset(_ channel: any CardChannel) throws -> AuthenticationChallenge {
        let channel = BoundedChannel(channel, limit: exchangeLimit)
        var files = CardFileReader(channel)
        var decoder = CardDecoder()
        try readIssuer(&files, &decoder)
        return try challenge(channel, files, decoder.card, for: .pinReset)
    }

    /// Gives the card the answer to its challenge and prepares the command.
    ///
    /// - Parameters:
    ///   - channel: The card; no command may have gone to it since ``openPINReset(_:)``.
    ///   - challenge: What ``openPINReset(_:)`` gave.
    ///   - answer: What a security module answered.
    ///   - proof: What kind of module answered.
    ///   - action: What is to be done.
    ///   - vector: Where the initial vector comes from.
    /// - Returns: What the module must protect.
    /// - Throws: As ``complete(_:_:challenge:answer:proof:)``.
    public static func preparePINReset(
        _ channel: any CardChannel,
        challenge: AuthenticationChallenge,
        answer: AuthenticationAnswer,
        proof: CardProof,
        action: PINResetCommand.Action,
        vector: PINResetCommand.VectorSource
    ) throws -> PINResetCommand {
        let channel = BoundedChannel(channel, limit: exchangeLimit)
        var files = CardFileReader(channel)
        try authenticate(channel, &files, challenge, answer, proof)
        let blockLength = PINResetCommand.blockLength(of: challenge.algorithm)
        let random = vector == .zero ? [] : try randomNumber(channel)
        return PINResetCommand(
            action: action,
            algorithm: challenge.algorithm,
            factors: challenge.factors,
            initialVector: random + [UInt8](repeating: 0, count: blockLength - random.count)
        )
    }

    /// Sends the protected command, once.
    ///
    /// - Parameters:
    ///   - channel: The card; no command may have gone to it since
    ///     ``preparePINReset(_:challenge:answer:proof:action:vector:)``.
    ///   - command: What was protected.
    ///   - data: The data field, as the module gave it, 1 to 255 bytes.
    /// - Throws: ``SocialCardError`` with `pin.reset-refused` if the card does not accept it, `pin.unsupported` if it
    ///   does not know the command; ``SmartCardError`` when the exchange fails, after which it is unknown whether the
    ///   PIN was reset.
    public static func sendPINReset(
        _ channel: any CardChannel,
        _ command: PINResetCommand,
        sealed data: [UInt8]
    ) throws {
        guard (1...255).contains(data.count) else {
            throw SocialCardError(.pinResetRefused, "the protected command has \(data.count) bytes of data")
        }
        let answer = try channel.transmit(command.action.header(dataLength: data.count) + data)
        let statusWord = try ResponseAPDU(bytes: answer).statusWord
        switch statusWord.meaning {
        case .success:
            return
        case .instructionNotSupported, .classNotSupported, .functionNotSupported:
            throw SocialCardError(.pinUnsupported, "PIN UNBLOCK (24) answered \(statusWord)")
        default:
            throw SocialCardError(.pinResetRefused, "PIN UNBLOCK (24) answered \(statusWord)")
        }
    }
}
