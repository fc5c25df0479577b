public import SmartCard

/// The financial application of a card, read only (PBOC, JR/T 0025; PROTOCOLS.md 5).
///
/// Only SELECT, READ RECORD, GET DATA and GET RESPONSE are ever sent: no PIN, no GET PROCESSING OPTIONS, which would
/// begin a transaction and count it, and nothing that moves money.
public enum PaymentCard: Sendable {
    /// The most exchanges of one reading.
    public static let exchangeLimit = 96

    /// The most entries of the log that are read; cards keep ten.
    public static let logLimit = 10

    /// Reads the financial application.
    ///
    /// The social-security application loses its selection and with it every authentication, so that this comes after
    /// it.
    ///
    /// - Parameters:
    ///   - channel: The card.
    ///   - interface: How the reader touches the card: contactless cards have a directory of another name.
    /// - Returns: What the card says, or nil if it has no such application.
    /// - Throws: ``SmartCardError`` when an exchange fails or has no end.
    public static func read(_ channel: any CardChannel, interface: CardInterface) throws -> PaymentCardData? {
        let reader = PaymentCardReader(BoundedChannel(channel, limit: exchangeLimit))
        guard let selection = try reader.selectApplication(interface) else { return nil }
        var data = try reader.readRecords()
        data.balanceFen = try reader.readBalance()
        data.log = try reader.readLog(selection)
        return data
    }
}
