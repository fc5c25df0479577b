/// The commands and keys of one vendor's terminal security modules, as values of a device profile (PROTOCOLS.md 1.8a).
///
/// The documents are not public: what stands here was seen in working terminals. The identifiers of RKSSSE and of the
/// key for INTERNAL AUTHENTICATE were not seen and differ between deployments.
public struct PSAMDialect: Hashable, Sendable {
    /// A key of the module.
    public struct Key: Hashable, Sendable {
        /// The most that the five bits of the type hold.
        public static let typeLimit: UInt8 = 0x1F

        /// The type: 3 PIN unlock, 4 PIN reload, 6 authentication code, 7 encryption, 8 both.
        public var type: UInt8
        /// The identifier, such as 09 for STK.
        public var identifier: UInt8

        /// Names a key.
        ///
        /// - Parameters:
        ///   - type: 0 to ``typeLimit``; more is a programmer's error.
        ///   - identifier: The identifier.
        public init(type: UInt8, identifier: UInt8) {
            precondition(type <= Self.typeLimit, "the type of a key has five bits")
            self.type = type
            self.identifier = identifier
        }
    }

    /// How the folder with the keys is selected.
    public enum Folder: Hashable, Sendable {
        /// By file identifier, such as DF01.
        case file(UInt16)
        /// By the name of its application, such as D15600000590: 5 to 16 bytes.
        case application([UInt8])
    }

    /// Class and instruction of a command.
    public struct Command: Hashable, Sendable {
        /// The class.
        public var cla: UInt8
        /// The instruction.
        public var ins: UInt8

        /// Names a command.
        ///
        /// - Parameters:
        ///   - cla: The class.
        ///   - ins: The instruction.
        public init(cla: UInt8, ins: UInt8) {
            self.cla = cla
            self.ins = ins
        }
    }

    /// The numbers of levels of diversification that the factors allow: card; card and city; card, city and province.
    public static let levelRange = 1...3

    /// The name of the dialect.
    public var name: String
    /// How the folder with the keys is selected.
    public var folder: Folder
    /// The command that chooses a key and derives the card's from it: P1 is the usage, P2 the identifier.
    public var initialise: Command
    /// The command that derives the session's key with the process factor; nil if ``initialise`` takes the factor at
    /// the end of its own data.
    public var derive: Command?
    /// The command that encrypts or makes an authentication code, P2 of 00.
    public var cipher: Command
    /// P1 of ``cipher`` for encryption.
    public var encryption: UInt8
    /// P1 of ``cipher`` for an authentication code, whose data begins with the initial vector.
    public var authenticationCode: UInt8
    /// The algorithms that the module has keys for; a card of another one is never asked, since a wrong answer would
    /// cost it a try.
    public var algorithms: Set<CardAlgorithm>
    /// How many levels of diversification lie between the module's keys and the card's, of ``levelRange``.
    public var levels: Int
    /// The key that opens the holder's file, RKSSSE.
    public var holderKey: Key
    /// The key by which the card proves itself; nil if the module has none, which leaves the card unproved.
    public var internalKey: Key?
    /// The key that permits to reset the PIN, PUK.
    public var pinUnlockKey: Key
    /// The key that protects the commands for it, STK.
    public var pinSealKey: Key

    /// Describes a dialect.
    ///
    /// - Parameters:
    ///   - name: The name of the dialect.
    ///   - folder: How the folder with the keys is selected.
    ///   - initialise: The command that chooses a key.
    ///   - derive: The command that derives the session's key, if there is one.
    ///   - cipher: The command that encrypts.
    ///   - encryption: Its P1 for encryption.
    ///   - authenticationCode: Its P1 for an authentication code.
    ///   - algorithms: The algorithms that the module has keys for.
    ///   - levels: The levels of diversification; a number outside ``levelRange`` is a programmer's error.
    ///   - holderKey: RKSSSE.
    ///   - internalKey: The key by which the card proves itself, if the module has it.
    ///   - pinUnlockKey: PUK.
    ///   - pinSealKey: STK.
    public init(
        name: String,
        folder: Folder = .file(0xDF01),
        initialise: Command,
        derive: Command? = nil,
        cipher: Command = Command(cla: 0x80, ins: 0xFA),
        encryption: UInt8 = 0x00,
        authenticationCode: UInt8 = 0x05,
        algorithms: Set<CardAlgorithm> = [.tripleDES, .sm4],
        levels: Int = 2,
        holderKey: Key = Key(type: 8, identifier: 0x0A),
        internalKey: Key? = nil,
        pinUnlockKey: Key = Key(type: 8, identifier: 0x10),
        pinSealKey: Key = Key(type: 8, identifier: 0x09)
    ) {
        precondition(Self.levelRange.contains(levels), "a card's key is derived by 1 to 3 factors")
        self.name = name
        self.folder = folder
        self.initialise = initialise
        self.derive = derive
        self.cipher = cipher
        self.encryption = encryption
        self.authenticationCode = authenticationCode
        self.algorithms = algorithms
        self.levels = levels
        self.holderKey = holderKey
        self.internalKey = internalKey
        self.pinUnlockKey = pinUnlockKey
        self.pinSealKey = pinSealKey
    }

    /// The dialect whose first command is `BF DE`: the process factor follows the factors of the card.
    public static let bfde = PSAMDialect(name: "bfde", initialise: Command(cla: 0xBF, ins: 0xDE))

    /// The dialect whose first command is `80 1A`; `80 FC` takes the process factor.
    public static let cla801a = PSAMDialect(
        name: "801a",
        initialise: Command(cla: 0x80, ins: 0x1A),
        derive: Command(cla: 0x80, ins: 0xFC)
    )
}
