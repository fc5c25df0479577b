/// Where a device is plugged in: the bus and the ports of the hubs on the way, such as `1-2.4`.
///
/// It stays the same when a device is unplugged and plugged into the same port again, and it tells equal devices without
/// serial numbers apart. A root hub has no ports and is written `1-0`, as its interfaces are in Linux.
public struct USBPortPath: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// How many hubs a path can lead through, the root hub included: seven tiers (USB 2.0, 4.1.1).
    public static let portsMax = 7

    /// The number of the bus, 1 or more.
    public let bus: UInt8

    /// The port on each hub, from the root hub on; each is 1 or more, and there are at most ``portsMax``.
    public let ports: [UInt8]

    /// Takes a place.
    ///
    /// - Parameters:
    ///   - bus: The number of the bus; 0 gives nil.
    ///   - ports: The ports from the root hub on; more than ``portsMax`` or a port 0 give nil.
    public init?(bus: UInt8, ports: [UInt8]) {
        guard bus > 0, ports.count <= Self.portsMax, !ports.contains(0) else { return nil }
        self.bus = bus
        self.ports = ports
    }

    /// Reads the written form.
    ///
    /// - Parameter text: Bus, hyphen, ports with dots between, in decimal without leading zeros; anything else gives nil.
    public init?(_ text: String) {
        guard text.utf8.count <= 40 else { return nil }
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count == 2, let bus = Self.number(halves[0]) else { return nil }
        if halves[1] == "0" {
            self.init(bus: bus, ports: [])
            return
        }
        var ports: [UInt8] = []
        for part in halves[1].split(separator: ".", omittingEmptySubsequences: false) {
            guard let port = Self.number(part) else { return nil }
            ports.append(port)
        }
        self.init(bus: bus, ports: ports)
    }

    private static func number(_ text: Substring) -> UInt8? {
        guard let first = text.utf8.first, first != UInt8(ascii: "0"), first != UInt8(ascii: "+") else { return nil }
        return UInt8(text)
    }

    /// The written form, such as `1-2.4`.
    public var description: String {
        "\(bus)-" + (ports.isEmpty ? "0" : ports.map(String.init).joined(separator: "."))
    }

    /// Compares by bus, then port by port.
    public static func < (left: USBPortPath, right: USBPortPath) -> Bool {
        left.bus != right.bus ? left.bus < right.bus : left.ports.lexicographicallyPrecedes(right.ports)
    }
}
