public import SmartCard

/// The social-security card 社会保障卡: reading it, and its PIN (LD/T 32.3, 32.5 and 32.6; PROTOCOLS.md 1).
///
/// Every function is synchronous over a channel that the caller was lent by ``CardReader/withCard(_:)``, holds no state
/// and may be repeated after a failure.
public enum SocialCard: Sendable {
    /// The most exchanges of one reading.
    ///
    /// A card that corrects every length and knows only the last form of selection needs fewer than 80; one that has
    /// not been read after these is broken or hostile.
    public static let exchangeLimit = 128

    /// Reads the issuer's file, and the holder's file of cards of the first two generations.
    ///
    /// A value that is missing, empty or unreadable is nil and has a warning. A card of the third generation gives no
    /// holder and a warning, since its holder's file needs external authentication: see ``AuthenticatedReading``.
    ///
    /// - Parameter channel: The card.
    /// - Returns: What the card says.
    /// - Throws: ``SmartCardError`` when the exchange fails or has no end; ``SocialCardError`` with
    ///   `card.not-social-security`, `card.file-missing`, `card.record-malformed`, `card.needs-authentication` or
    ///   `card.refused` for the content.
    public static func read(_ channel: any CardChannel) throws -> SocialCardData {
        var files = CardFileReader(BoundedChannel(channel, limit: exchangeLimit))
        var decoder = CardDecoder()
        try readIssuer(&files, &decoder)
        guard decoder.card.generation != .third else {
            decoder.refuseHolder()
            return decoder.card
        }
        try readHolder(&files, &decoder)
        return decoder.card
    }

    /// Selects the application and reads the identification code alone: proof that the same card still lies there, and
    /// the selection that a PIN needs.
    ///
    /// - Parameter channel: The card.
    /// - Returns: The identification code.
    /// - Throws: As ``read(_:)``; `card.record-malformed` also when the code is missing.
    public static func readIdentificationCode(_ channel: any CardChannel) throws -> IdentificationCode {
        var files = CardFileReader(BoundedChannel(channel, limit: exchangeLimit))
        _ = try files.selectApplication()
        try files.select(.issuer)
        let values = try files.readRecords([.identificationCode])
        guard let bytes = values[.identificationCode], let code = IdentificationCode(bytes: bytes) else {
            throw SocialCardError(.recordMalformed, "the card gives no identification code")
        }
        return code
    }
}

extension SocialCard {
    /// Selects the application and reads the issuer's file.
    static func readIssuer(_ files: inout CardFileReader, _ decoder: inout CardDecoder) throws {
        decoder.decodeSelection(try files.selectApplication())
        try files.select(.issuer)
        let issuer = try files.readRecords(CardItem.issuerFile)
        guard issuer.values.contains(where: { !RecordValue.isFilling($0) }) else {
            // Even unpersonalised cards have an identification code: something else answers here.
            throw SocialCardError(.recordMalformed, "the issuer's file holds nothing")
        }
        decoder.decodeIssuer(issuer)
    }

    /// Reads the holder's file, which must be open.
    static func readHolder(_ files: inout CardFileReader, _ decoder: inout CardDecoder) throws {
        let items = CardItem.holderFile(of: decoder.card.generation)
        try files.select(.holder)
        decoder.decodeHolder(try files.readRecords(items), items: items)
    }
}
