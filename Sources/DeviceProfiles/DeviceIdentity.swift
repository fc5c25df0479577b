/// A device as it is seen before its profile is known.
public enum DeviceIdentity: Hashable, Sendable, CustomStringConvertible {
    /// A USB device.
    case usb(USBIdentity)
    /// A reader of the smart-card service, by its PC/SC name.
    case reader(String)
    /// A serial line, by its path.
    case serial(String)
    /// A device file, by its path.
    case deviceFile(String)

    /// The way by which the device is reached.
    public var transport: DeviceTransport {
        switch self {
        case .usb: .usb
        case .reader: .pcsc
        case .serial: .serial
        case .deviceFile: .deviceFile
        }
    }

    /// The device as ``init(_:)`` takes it.
    public var description: String {
        switch self {
        case .usb(let device):
            let interfaces = device.interfaces.map { one in
                let endpoints = one.endpoints.isEmpty ? "" : "@" + Hex.text(one.endpoints)
                return ":" + Hex.text([one.code, one.subclass, one.protocolCode]) + endpoints
            }
            return "usb:\(Hex.text(device.vendor)):\(Hex.text(device.product))\(interfaces.joined())"
        case .reader(let name): return "pcsc:\(name)"
        case .serial(let path): return "serial:\(path)"
        case .deviceFile(let path): return "file:\(path)"
        }
    }
}
