/// A change on the bus, as a snapshot.
public enum USBEvent: Hashable, Sendable {
    /// A device was plugged in, or found at the start.
    case arrived(USBDeviceInfo)
    /// A device was unplugged.
    case left(USBDeviceInfo)

    /// The device that it is about.
    public var device: USBDeviceInfo {
        switch self {
        case .arrived(let device), .left(let device): device
        }
    }
}
