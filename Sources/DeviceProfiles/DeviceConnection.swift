/// How a device is reached, with what tells it from others.
public enum DeviceConnection: Hashable, Sendable {
    /// The most rules or patterns of one profile.
    public static let rulesMax = 32
    /// Speeds of a serial line, in baud (PROTOCOLS.md 2.1 and 7.3); always 8 data bits, no parity, 1 stop bit.
    public static let bauds = [9_600, 19_200, 38_400, 57_600, 115_200]
    /// The only line format there is.
    public static let lineFormat = "8N1"

    /// A reader of the smart-card service, by its PC/SC name.
    case pcsc(names: [NamePattern])
    /// A USB device, by its descriptors.
    case usb(rules: [USBRule], endpoints: USBEndpoints)
    /// A serial line, by its path; the speed is in baud.
    case serial(paths: [NamePattern], baud: Int)
    /// A device file, by its path.
    case deviceFile(paths: [NamePattern])
    /// The screen of the service point.
    case screen

    /// The way, without what goes with it.
    public var transport: DeviceTransport {
        switch self {
        case .pcsc: .pcsc
        case .usb: .usb
        case .serial: .serial
        case .deviceFile: .deviceFile
        case .screen: .screen
        }
    }
}
