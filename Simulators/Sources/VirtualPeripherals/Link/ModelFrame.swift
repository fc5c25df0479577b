/// A frame from a model to the USB side; `Simulators/VirtualUSB/device_link.h` describes the link.
package enum ModelFrame: Hashable, Sendable {
    /// Version of the link; both sides refuse another one.
    package static let version: UInt8 = 1
    /// The longest frame, bytes: a transfer of 64 KiB and its head.
    package static let bytesMax = 65_536 + 64

    /// This version of the link is spoken here too.
    case hello
    /// What the device is, and plug it.
    case attach(USBDescription)
    /// Unplug it.
    case detach
    /// Bytes for an IN transfer, which goes on.
    case give(id: UInt32, [UInt8])
    /// Bytes of an OUT transfer are taken; it goes on.
    case take(id: UInt32, count: Int)
    /// The transfer ends.
    case done(id: UInt32)
    /// The endpoint halts.
    case stall(id: UInt32)
    /// The line fails.
    case fail(id: UInt32)
    /// The device sent more than there was room for.
    case overflow(id: UInt32)

    /// The packet for the socket.
    package var bytes: [UInt8] {
        switch self {
        case .hello: [UInt8(ascii: "H"), Self.version]
        case .attach(let description): [UInt8(ascii: "A")] + description.linkPayload
        case .detach: [UInt8(ascii: "D")]
        case .give(let id, let bytes): Self.frame("G", id) + bytes
        case .take(let id, let count): Self.frame("T", id) + Self.number(UInt32(clamping: count))
        case .done(let id): Self.frame("K", id)
        case .stall(let id): Self.frame("S", id)
        case .fail(let id): Self.frame("F", id)
        case .overflow(let id): Self.frame("V", id)
        }
    }

    private static func frame(_ letter: Unicode.Scalar, _ id: UInt32) -> [UInt8] {
        [UInt8(ascii: letter)] + number(id)
    }

    private static func number(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
