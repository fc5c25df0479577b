/// What belongs to a card reader (PROTOCOLS.md 3).
public struct CardReaderSettings: Hashable, Sendable {
    /// One place for a card; the smart-card service shows each as a reader of its own.
    public struct Slot: Hashable, Sendable {
        /// What the place is for.
        public var use: SlotUse
        /// The names of the place, among those of the reader.
        public var names: [NamePattern]

        /// Makes a slot.
        ///
        /// - Parameters:
        ///   - use: What the place is for.
        ///   - names: The names of the place.
        public init(use: SlotUse, names: [NamePattern]) {
            self.use = use
            self.names = names
        }
    }

    /// What a slot is for (PROTOCOLS.md 1.9: user 0x01, security modules 0x11...0x14).
    public enum SlotUse: String, Hashable, Sendable, CaseIterable {
        /// The card of a resident, in contact.
        case user
        /// The card of a resident, without contact.
        case contactless
        /// A security module of the terminal.
        case sam1
        /// A second one.
        case sam2
        /// A third one.
        case sam3
        /// A fourth one.
        case sam4

        /// Whether a security module belongs there.
        public var isSecurityModule: Bool { self != .user && self != .contactless }
    }

    /// How long connecting to a card may take, in milliseconds.
    public static let connectRange = 100...30_000
    /// How long one command may take, in milliseconds; a mute card was measured to hold 20 s (PROTOCOLS.md 3.4).
    public static let transmitRange = 100...60_000
    /// How many kinds of security module are tried.
    public static let securityModulesMax = 8

    /// The slots; at least one, each use once.
    public var slots: [Slot]
    /// How the security modules of the reader may be spoken to, in the order of trial; empty without a slot for one.
    public var securityModules: [SecurityModuleDialect]
    /// How long connecting to a card may take.
    public var connect: Duration
    /// How long one command may take.
    public var transmit: Duration
    /// What is tried again.
    public var retries: RetrySettings

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - slots: The slots.
    ///   - securityModules: How the security modules may be spoken to.
    ///   - connect: How long connecting to a card may take.
    ///   - transmit: How long one command may take.
    ///   - retries: What is tried again.
    public init(
        slots: [Slot],
        securityModules: [SecurityModuleDialect],
        connect: Duration,
        transmit: Duration,
        retries: RetrySettings
    ) {
        self.slots = slots
        self.securityModules = securityModules
        self.connect = connect
        self.transmit = transmit
        self.retries = retries
    }
}
