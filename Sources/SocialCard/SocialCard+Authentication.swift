import CivilIdentity
public import SmartCard

// Reading a card of the third generation takes three steps: the card asks, a security module answers, the card opens.
// Each step takes and gives values. The module's step is none of the card's: the module lies in another reader, whose
// calls run on another thread, or behind a network. Between the card's two steps the card must keep its power. How
// that is done is ``AuthenticatedReading``'s matter. A card that lost its state meanwhile, or was exchanged, is found
// out in the third step.
extension SocialCard {
    /// How long the security modules may take for an answer, all of them together.
    ///
    /// A person waits with the card in the reader, and the whole call of a reader has a deadline of its own. Where the
    /// card is let go meanwhile, pcscd takes its power 5 seconds later at the earliest if the reader reports events by
    /// itself.
    public static let answerLimit: Duration = .seconds(4)

    /// Reads a card as far as it goes without a security module, and asks a card of the third generation for a
    /// challenge.
    ///
    /// - Parameter channel: The card.
    /// - Returns: The whole card, or the issuer's file with a challenge; there is no warning that the holder is
    ///   missing, since that is still open.
    /// - Throws: As ``read(_:)``; `card.record-malformed` also when a card of the third generation has no answer to
    ///   reset, identification code or region from which its keys could be told.
    public static func open(_ channel: any CardChannel) throws -> CardOpening {
        let channel = BoundedChannel(channel, limit: exchangeLimit)
        var files = CardFileReader(channel)
        var decoder = CardDecoder()
        try readIssuer(&files, &decoder)
        guard decoder.card.generation == .third else {
            try readHolder(&files, &decoder)
            return .complete(decoder.card)
        }
        return .closed(decoder.card, try challenge(channel, files, decoder.card, for: .holder))
    }

    /// Gives a card the answer to its challenge and reads the holder's file.
    ///
    /// No command may have gone to the card since ``open(_:)``.
    ///
    /// - Parameters:
    ///   - channel: The card.
    ///   - data: What ``open(_:)`` gave.
    ///   - challenge: What ``open(_:)`` gave.
    ///   - answer: What a security module answered.
    ///   - proof: What kind of module answered.
    /// - Returns: The whole card, with `proof` if the module knew the card's own answer, otherwise with none.
    /// - Throws: ``SocialCardError`` with `card.authentication-failed` before anything is sent if the card's own answer
    ///   is not that of a genuine card; `psam.authentication-failed` or `hsm.authentication-failed` if the card does
    ///   not accept the module's; `card.authentication-blocked`; and as ``read(_:)``. ``SmartCardError`` with
    ///   `card.reset` if the card lost its state since the challenge, `card.removed` if another card lies there.
    public static func complete(
        _ channel: any CardChannel,
        _ data: SocialCardData,
        challenge: AuthenticationChallenge,
        answer: AuthenticationAnswer,
        proof: CardProof
    ) throws -> SocialCardData {
        let channel = BoundedChannel(channel, limit: exchangeLimit)
        var files = CardFileReader(channel)
        try authenticate(channel, &files, challenge, answer, proof)
        try files.select(.issuer)
        let code = try files.readRecords([.identificationCode])[.identificationCode]
        guard code == challenge.identificationCode.bytes else {
            throw SmartCardError(.cardRemoved, "another card lies on the reader")
        }
        var decoder = CardDecoder(data)
        try readHolder(&files, &decoder)
        var card = decoder.card
        card.proof = answer.internalResult == nil ? .none : proof
        return card
    }
}

extension SocialCard {
    /// INTERNAL AUTHENTICATE with the card's only key for it (P2 of 00).
    private static let internalAuthenticate: UInt8 = 0x88

    /// Selects the application anew and takes the random numbers, the one that the card must remember last.
    static func challenge(
        _ channel: any CardChannel,
        _ files: CardFileReader,
        _ card: SocialCardData,
        for purpose: AuthenticationChallenge.Purpose
    ) throws -> AuthenticationChallenge {
        guard let code = card.identificationCode, let region = code.regionCode,
            let answerToReset = channel.answerToReset,
            let factors = DiversificationFactors(answerToReset: answerToReset, region: region)
        else { throw SocialCardError(.recordMalformed, "nothing tells the keys of this card") }
        _ = try files.selectApplication()
        let internalSource = try randomNumber(channel)
        let internalProcess = try randomNumber(channel)
        let response = try channel.send(
            CommandAPDU(ins: internalAuthenticate, data: internalProcess + internalSource)
        )
        let length = AuthenticationChallenge.length
        let hasResult = response.statusWord.isSuccess && response.data.count >= length
        let externalSource = try randomNumber(channel)
        return AuthenticationChallenge(
            purpose: purpose,
            algorithm: card.algorithm,
            identificationCode: code,
            region: region,
            historicalBytes: answerToReset.historicalBytes,
            factors: factors,
            internalProcess: internalProcess,
            internalSource: internalSource,
            externalProcess: try randomNumber(channel),
            externalSource: externalSource,
            internalResult: hasResult ? Array(response.data.prefix(length)) : nil
        )
    }

    /// GET CHALLENGE.
    static func randomNumber(_ channel: any CardChannel) throws -> [UInt8] {
        let length = AuthenticationChallenge.length
        let response = try channel.send(CommandAPDU(ins: 0x84, expectedLength: length))
        guard response.statusWord.isSuccess, response.data.count == length else {
            throw SocialCardError(.refused, "GET CHALLENGE (84) answered \(response.statusWord)")
        }
        return response.data
    }

    /// Compares what the card said with what a genuine card says, then proves the terminal to it.
    static func authenticate(
        _ channel: any CardChannel,
        _ files: inout CardFileReader,
        _ challenge: AuthenticationChallenge,
        _ answer: AuthenticationAnswer,
        _ proof: CardProof
    ) throws {
        if let expected = answer.internalResult, expected != challenge.internalResult {
            throw SocialCardError(.authenticationFailed, "INTERNAL AUTHENTICATE (88) gave no genuine card's answer")
        }
        let command = CommandAPDU(
            ins: 0x82,
            p2: challenge.purpose.keyReference,
            data: answer.externalResult + answer.externalSource
        )
        let statusWord = try channel.send(command).statusWord
        let message = "EXTERNAL AUTHENTICATE (82) answered \(statusWord)"
        switch statusWord.meaning {
        case .success:
            return
        case .verificationFailed(triesLeft: 0), .authenticationBlocked, .referenceDataNotUsable:
            throw SocialCardError(.authenticationBlocked, message)
        case .verificationFailed, .warningAfterChange, .authenticationCodeWrong:
            throw SocialCardError(proof == .hsm ? .hsmAuthenticationFailed : .psamAuthenticationFailed, message)
        default:
            // The file is known only where the application is still selected.
            guard (try? files.select(.issuer)) != nil else {
                throw SmartCardError(.cardReset, "the card has forgotten its challenge: \(message)")
            }
            throw SocialCardError(.refused, message)
        }
    }
}
