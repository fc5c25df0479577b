/// All that is written on a virtual card when it leaves the factory: content, PIN and oddities.
public struct CardImage: Hashable, Sendable {
    /// Bytes of an identification code.
    public static let identificationCodeLength = 16
    /// Bytes of an organisation number.
    public static let organisationLength = 12
    /// Digits that a PIN may have (PROTOCOLS.md 1.7).
    public static let pinLengths = 4...16
    /// Tries that 63Cx can tell.
    public static let triesRange = 0...15

    /// What the card is for.
    public var application: CardApplication
    /// 1, 2 or 3: decides record order, the name extension and the protection of EF06.
    public var generation: Int
    /// Up to four ASCII characters, such as "2.00".
    public var specVersion: String
    /// Algorithm environment in the FCI; nil leaves the tag out.
    public var cipher: CardCipher?
    /// 16 bytes, beginning with the city code in BCD.
    public var identificationCode: [UInt8]
    /// One ASCII character, such as "3".
    public var cardClass: String
    /// 12 bytes.
    public var organisation: [UInt8]
    /// Eight digits YYYYMMDD.
    public var issuedOn: String
    /// Eight digits YYYYMMDD.
    public var expiresOn: String
    /// Up to nine ASCII characters.
    public var cardNumber: String
    /// Content of EF06.
    public var holder: HolderImage
    /// 4 to 16 digits.
    public var pin: String
    /// Tries left when the card is new to the simulator.
    public var tries: Int
    /// Tries after a right PIN.
    public var triesMaximum: Int
    /// How a contact card hands out data.
    public var answerStyle: AnswerStyle
    /// Oddities.
    public var quirks: Set<CardQuirk>
    /// Answer to reset of the contact interface; nil makes the synthetic one of PROTOCOLS.md 1.6.
    public var answerToReset: [UInt8]?
    /// The financial application, if the card has one.
    public var payment: PaymentImage?

    /// Makes an image; the bounds are preconditions, since whoever decodes a file has checked them.
    public init(
        application: CardApplication = .socialSecurity,
        generation: Int,
        specVersion: String,
        cipher: CardCipher?,
        identificationCode: [UInt8],
        cardClass: String,
        organisation: [UInt8],
        issuedOn: String,
        expiresOn: String,
        cardNumber: String,
        holder: HolderImage,
        pin: String,
        tries: Int,
        triesMaximum: Int,
        answerStyle: AnswerStyle = .getResponse,
        quirks: Set<CardQuirk> = [],
        answerToReset: [UInt8]? = nil,
        payment: PaymentImage? = nil
    ) {
        precondition((1...3).contains(generation))
        precondition(identificationCode.count == Self.identificationCodeLength)
        precondition(organisation.count == Self.organisationLength)
        precondition(Self.pinLengths.contains(pin.utf8.count))
        precondition(Self.triesRange.contains(tries) && Self.triesRange.contains(triesMaximum))
        self.application = application
        self.generation = generation
        self.specVersion = specVersion
        self.cipher = cipher
        self.identificationCode = identificationCode
        self.cardClass = cardClass
        self.organisation = organisation
        self.issuedOn = issuedOn
        self.expiresOn = expiresOn
        self.cardNumber = cardNumber
        self.holder = holder
        self.pin = pin
        self.tries = tries
        self.triesMaximum = triesMaximum
        self.answerStyle = answerStyle
        self.quirks = quirks
        self.answerToReset = answerToReset
        self.payment = payment
    }
}

extension CardImage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Kind and generation; nothing about the person.
    public var description: String { "CardImage(\(application.rawValue), generation \(generation))" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
