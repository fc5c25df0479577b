public import CivilIdentity

/// What one reading of a social-security card gave.
///
/// A missing or unreadable value is nil and has a ``CardWarning``.
public struct SocialCardData: Hashable, Sendable {
    /// The generation of the card.
    public var generation: CardGeneration

    /// 规范版本, tag 03: such as `2.00`.
    public var specVersion: String?

    /// The algorithm environment that the application announces.
    public var algorithm: CardAlgorithm

    /// 卡识别码, tag 01.
    public var identificationCode: IdentificationCode?

    /// 卡类别, tag 02: one character.
    public var cardClass: String?

    /// 初始化机构编号, tag 04: usually 12 bytes.
    public var initialisationOrganisation: [UInt8]?

    /// 发卡日期, tag 05.
    public var issuedOn: CivilDate?

    /// 卡有效期, tag 06.
    public var expiresOn: CivilDate?

    /// 卡号, tag 07: up to 9 letters and digits.
    public var cardNumber: String?

    /// The holder; nil for the third generation unless a security module opened the holder's file.
    public var holder: CardHolder?

    /// How the card was proved to be genuine.
    public var proof: CardProof

    /// What was missing or unreadable, in the order of reading, each once.
    public var warnings: [CardWarning]

    /// Makes the data of a card.
    ///
    /// - Parameters:
    ///   - generation: The generation of the card.
    ///   - specVersion: 规范版本.
    ///   - algorithm: The algorithm environment.
    ///   - identificationCode: 卡识别码.
    ///   - cardClass: 卡类别.
    ///   - initialisationOrganisation: 初始化机构编号.
    ///   - issuedOn: 发卡日期.
    ///   - expiresOn: 卡有效期.
    ///   - cardNumber: 卡号.
    ///   - holder: The holder.
    ///   - proof: How the card was proved to be genuine.
    ///   - warnings: What was missing or unreadable.
    public init(
        generation: CardGeneration,
        specVersion: String? = nil,
        algorithm: CardAlgorithm = .tripleDES,
        identificationCode: IdentificationCode? = nil,
        cardClass: String? = nil,
        initialisationOrganisation: [UInt8]? = nil,
        issuedOn: CivilDate? = nil,
        expiresOn: CivilDate? = nil,
        cardNumber: String? = nil,
        holder: CardHolder? = nil,
        proof: CardProof = .none,
        warnings: [CardWarning] = []
    ) {
        self.generation = generation
        self.specVersion = specVersion
        self.algorithm = algorithm
        self.identificationCode = identificationCode
        self.cardClass = cardClass
        self.initialisationOrganisation = initialisationOrganisation
        self.issuedOn = issuedOn
        self.expiresOn = expiresOn
        self.cardNumber = cardNumber
        self.holder = holder
        self.proof = proof
        self.warnings = warnings
    }
}

extension SocialCardData: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Generation and number of warnings, nothing that leads to a person.
    public var description: String {
        "social-security card of generation \(generation.rawValue) (redacted, \(warnings.count) warnings)"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
