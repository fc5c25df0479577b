extension DeviceConnection {
    /// The vendor of simulated USB devices; the ids are those that pid.codes gives away for testing.
    public static let simulatorVendor: UInt16 = 0x1209
    /// The products of simulated USB devices.
    public static let simulatorProducts: ClosedRange<UInt16> = 0x0001...0x000F
    /// How the names of simulated card readers begin.
    public static let simulatorReaderPrefix = "OneCard Simulator"
    /// What the paths of simulated serial lines hold.
    public static let simulatorPathPart = "onecard-simulator"

    /// How many rules of a profile ask for simulated devices.
    public enum Simulation: Hashable, Sendable {
        /// All rules ask for simulated devices.
        case all
        /// Some do.
        case some
        /// No rule does.
        case none
    }

    /// Which rules ask for simulated devices; nil for the screen, which has none.
    public var simulation: Simulation? {
        let asks: [Bool]
        switch self {
        case .usb(let rules, _):
            asks = rules.map { rule in
                rule.vendor == Self.simulatorVendor && rule.product.map(Self.simulatorProducts.contains) ?? false
            }
        case .pcsc(let names): asks = names.map { $0.text.hasPrefix(Self.simulatorReaderPrefix) }
        case .serial(let paths, _), .deviceFile(let paths):
            asks = paths.map { $0.text.contains(Self.simulatorPathPart) }
        case .screen: return nil
        }
        return asks.allSatisfy(\.self) ? .all : asks.contains(true) ? .some : Simulation.none
    }
}

extension NamePattern {
    fileprivate var text: String {
        switch self {
        case .prefix(let text), .contains(let text), .glob(let text): text
        }
    }
}
