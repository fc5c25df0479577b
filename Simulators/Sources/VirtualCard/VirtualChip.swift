public import SmartCard

/// Whatever can lie in a simulated reader: a card, or a security module in its slot.
public enum VirtualChip: Sendable {
    /// A card.
    case card(VirtualCard)
    /// A terminal security module.
    case module(VirtualPSAM)

    /// Powers the chip up or resets it.
    ///
    /// - Parameter interface: how it is reached; modules have contacts only.
    /// - Returns: answer to reset of 2...33 bytes, or nil if the chip stays silent.
    public mutating func reset(interface: CardInterface) -> [UInt8]? {
        switch self {
        case .card(var card):
            defer { self = .card(card) }
            return card.reset(interface: interface)
        case .module(var module):
            guard interface == .contact else { return nil }
            defer { self = .module(module) }
            return module.reset()
        }
    }

    /// Carries out one command.
    ///
    /// - Parameter command: any bytes.
    /// - Returns: at least the two bytes of a status word, at most 258.
    public mutating func respond(to command: [UInt8]) -> [UInt8] {
        switch self {
        case .card(var card):
            defer { self = .card(card) }
            return card.respond(to: command)
        case .module(var module):
            defer { self = .module(module) }
            return module.respond(to: command)
        }
    }

    /// Tries of the PIN that are left; nil for a module.
    public var triesLeft: Int? {
        guard case .card(let card) = self else { return nil }
        return card.triesLeft
    }
}
