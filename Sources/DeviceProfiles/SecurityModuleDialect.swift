/// How a terminal's security module (PSAM) is spoken to (PROTOCOLS.md 1.8a).
public struct SecurityModuleDialect: Hashable, Sendable {
    /// The commands that the module knows.
    public enum Commands: String, Hashable, Sendable, CaseIterable {
        /// `BF DE`, then `80 FA`.
        case bfde
        /// `80 1A`, `80 FC`, then `80 FA`.
        case init801A = "801a"
    }

    /// A key of the module.
    public struct Key: Hashable, Sendable {
        /// The types: the low five bits of the usage byte.
        public static let typeRange = 0...31

        /// The type: 3 PIN unlock, 4 PIN reload, 6 authentication code, 7 encryption, 8 both.
        public var type: UInt8
        /// Its identifier, which differs between deployments.
        public var identifier: UInt8

        /// Makes a key.
        ///
        /// - Parameters:
        ///   - type: The type.
        ///   - identifier: Its identifier.
        public init(type: UInt8, identifier: UInt8) {
            self.type = type
            self.identifier = identifier
        }
    }

    /// Bytes of the name of a directory: a file identifier has 2, an application's name up to 16 (ISO 7816-4, 8.2.1).
    public static let directoryRange = 2...16
    /// Levels of diversification: by the card; by card and city; by card, city and province.
    public static let levelsRange = 1...3

    /// The commands that the module knows.
    public var commands: Commands
    /// The directory of the keys: file identifier (2 bytes) or application name (5 and more).
    public var directory: [UInt8]
    /// Levels of diversification between the module's keys and the card's: the high three bits of the usage byte.
    public var levels: Int
    /// The key that opens the holder's file, RKSSSE.
    public var holderKey: Key
    /// The key by which the card proves itself, or nil when the module has none.
    public var internalKey: Key?
    /// The key that permits to reset the PIN, PUK.
    public var pinUnlockKey: Key
    /// The key that protects the commands for it, STK.
    public var pinSealKey: Key

    /// Makes a dialect.
    ///
    /// - Parameters:
    ///   - commands: The commands that the module knows.
    ///   - directory: The directory of the keys.
    ///   - levels: Levels of diversification.
    ///   - holderKey: The key that opens the holder's file.
    ///   - internalKey: The key by which the card proves itself, or nil.
    ///   - pinUnlockKey: The key that permits to reset the PIN.
    ///   - pinSealKey: The key that protects the commands for it.
    public init(
        commands: Commands,
        directory: [UInt8],
        levels: Int,
        holderKey: Key,
        internalKey: Key?,
        pinUnlockKey: Key,
        pinSealKey: Key
    ) {
        self.commands = commands
        self.directory = directory
        self.levels = levels
        self.holderKey = holderKey
        self.internalKey = internalKey
        self.pinUnlockKey = pinUnlockKey
        self.pinSealKey = pinSealKey
    }
}
