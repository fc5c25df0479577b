package import SmartCard
package import SocialCard

/// Identifies one service point of a station: 1 to 32 of a-z, 0-9 and `-`.
package struct ServicePointID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init?(rawValue: String) {
        guard (1...32).contains(rawValue.utf8.count) else { return nil }
        guard rawValue.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }) else {
            return nil
        }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}

/// One screen and its devices.
package struct ServicePoint: Sendable, Equatable {
    /// What stands on the counter.
    package enum Kind: String, Sendable, CaseIterable {
        case kiosk
        case desk
        case handheld
    }

    /// A reader of the service point, found by the beginning of its PC/SC name.
    package struct Reader: Sendable, Equatable {
        /// The PC/SC name begins so.
        package var namePrefix: String
        /// Whether cards are held by the reader or tapped.
        package var interface: CardInterface

        package init(namePrefix: String, interface: CardInterface) {
            self.namePrefix = namePrefix
            self.interface = interface
        }
    }

    /// The terminal security module that its cards are proved with.
    package struct SecurityModule: Sendable, Equatable {
        /// The PC/SC name of the slot begins so.
        package var namePrefix: String
        /// Id of the profile that describes its commands and keys.
        package var profile: String
        /// Which of the profile's sets of commands it speaks; nil for the only one.
        package var commands: String?
        /// The algorithms of the keys that were loaded into this very module.
        package var algorithms: Set<CardAlgorithm>

        package init(
            namePrefix: String,
            profile: String,
            commands: String?,
            algorithms: Set<CardAlgorithm> = [.sm4, .tripleDES]
        ) {
            self.namePrefix = namePrefix
            self.profile = profile
            self.commands = commands
            self.algorithms = algorithms
        }
    }

    /// Its identifier.
    package var id: ServicePointID
    /// What it is.
    package var kind: Kind
    /// Its readers; the first that fits a name wins.
    package var readers: [Reader]
    /// Its security module; nil where cards cannot be proved.
    package var securityModule: SecurityModule?
    /// Whether the digits of the PIN pad are drawn in random order.
    package var randomPINPad: Bool
    /// How long things stand.
    package var limits: SessionLimits

    package init(
        id: ServicePointID,
        kind: Kind,
        readers: [Reader],
        securityModule: SecurityModule? = nil,
        randomPINPad: Bool,
        limits: SessionLimits
    ) {
        self.id = id
        self.kind = kind
        self.readers = readers
        self.securityModule = securityModule
        self.randomPINPad = randomPINPad
        self.limits = limits
    }

    /// How that reader of the service point takes cards; nil for a reader of another one.
    package func interface(of reader: ReaderName) -> CardInterface? {
        readers.first { reader.rawValue.hasPrefix($0.namePrefix) }?.interface
    }
}
