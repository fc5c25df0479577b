public import CivilIdentity

/// A social-security card as the city has it; personal, and described without any of it.
public struct CardRecord: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The card identification code, 16 bytes.
    public var identificationCode: [UInt8]
    /// The card number, 1 to 32 printable ASCII characters.
    public var cardNumber: String
    /// The holder; the resident before this record.
    public var citizenNumber: CitizenNumber
    /// Status of the social application.
    public var status: CardStatus
    /// First day of validity.
    public var issuedOn: CivilDate?
    /// Last day of validity.
    public var expiresOn: CivilDate?
    /// Identification code of the card that replaced this one, 16 bytes.
    public var replacedBy: [UInt8]?
    /// Since when the status holds.
    public var since: CivilDate?

    /// A card.
    public init(
        identificationCode: [UInt8],
        cardNumber: String,
        citizenNumber: CitizenNumber,
        status: CardStatus,
        issuedOn: CivilDate? = nil,
        expiresOn: CivilDate? = nil,
        replacedBy: [UInt8]? = nil,
        since: CivilDate? = nil
    ) {
        self.identificationCode = identificationCode
        self.cardNumber = cardNumber
        self.citizenNumber = citizenNumber
        self.status = status
        self.issuedOn = issuedOn
        self.expiresOn = expiresOn
        self.replacedBy = replacedBy
        self.since = since
    }

    /// Bytes of an identification code.
    public static let identificationCodeBytes = 16

    /// The status only.
    public var description: String { "CardRecord(\(status.rawValue), redacted)" }
    /// No data of the card.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
