import SmartCard
public import VirtualCard

/// What stands in one virtual reader at one moment.
public struct ReaderSnapshot: Hashable, Sendable, Codable {
    /// Number from one.
    public var number: Int
    /// Name for PC/SC clients.
    public var name: String
    /// `contact` or `contactless`.
    public var interface: String
    /// Name of the card in it, or nil.
    public var persona: String?
    /// Whether the card has power.
    public var isPowered: Bool
    /// Whether a driver is connected.
    public var isConnected: Bool
    /// Commands since the card was put in.
    public var commandsSinceInsertion: Int
    /// Tries left on the card.
    public var triesLeft: Int?
    /// Whether an answer is held by a fault.
    public var isHolding: Bool
    /// Faults in force, those of the card itself included.
    public var faults: FaultPlan
    /// What has passed through the reader.
    public var counters: ReaderCounters

    init(_ model: ReaderModel, isConnected: Bool) {
        number = model.number
        name = model.name
        interface = model.interface.rawValue
        persona = model.inserted?.persona
        isPowered = model.inserted?.isPowered ?? false
        self.isConnected = isConnected
        commandsSinceInsertion = model.inserted?.commands ?? 0
        triesLeft = model.inserted?.card.triesLeft
        isHolding = model.isHolding
        faults = model.effectiveFaults
        counters = model.counters
    }
}
