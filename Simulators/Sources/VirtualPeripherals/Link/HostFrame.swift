/// A frame from the USB side to a model; `Simulators/VirtualUSB/device_link.h` describes the link.
package enum HostFrame: Hashable, Sendable {
    /// The USB side speaks this version of the link.
    case hello(version: UInt8)
    /// The host sends bytes.
    case out(id: UInt32, endpoint: UInt8, bytes: [UInt8])
    /// The host has room for bytes.
    case `in`(id: UInt32, endpoint: UInt8, room: Int)
    /// A control request that the USB side does not answer by itself.
    case control(id: UInt32, setup: SetupPacket, data: [UInt8])
    /// The host gives a transfer up.
    case cancel(id: UInt32)
    /// The host clears a halt.
    case clearHalt(endpoint: UInt8)
    /// The host resets the port.
    case reset
    /// The cable was plugged, by whoever did it.
    case plugged
    /// The cable was pulled.
    case unplugged

    /// Reads a frame; nil for one that is cut, too long or unknown.
    ///
    /// - Parameter bytes: one packet of the socket.
    package init?(_ bytes: [UInt8]) {
        guard let letter = bytes.first else { return nil }
        let payload = bytes.dropFirst()
        switch UnicodeScalar(letter) {
        case "H":
            guard payload.count == 1 else { return nil }
            self = .hello(version: bytes[1])
        case "E":
            guard payload.count == 1 else { return nil }
            self = .clearHalt(endpoint: bytes[1])
        case "R":
            self = .reset
        case "P":
            self = .plugged
        case "U":
            self = .unplugged
        default:
            self.init(transfer: letter, payload)
        }
    }

    /// Frames with the number of a transfer.
    private init?(transfer letter: UInt8, _ payload: ArraySlice<UInt8>) {
        guard payload.count >= 4 else { return nil }
        let id = Self.number(payload.prefix(4))
        let rest = payload.dropFirst(4)
        switch UnicodeScalar(letter) {
        case "O":
            guard let endpoint = rest.first else { return nil }
            self = .out(id: id, endpoint: endpoint, bytes: Array(rest.dropFirst()))
        case "I":
            guard let endpoint = rest.first, rest.count == 5 else { return nil }
            self = .in(id: id, endpoint: endpoint, room: Int(Self.number(rest.dropFirst())))
        case "C":
            guard let setup = SetupPacket(rest.prefix(SetupPacket.length)) else { return nil }
            self = .control(id: id, setup: setup, data: Array(rest.dropFirst(SetupPacket.length)))
        case "X":
            guard rest.isEmpty else { return nil }
            self = .cancel(id: id)
        default:
            return nil
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
