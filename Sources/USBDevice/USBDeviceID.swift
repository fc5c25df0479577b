/// Names one device for as long as it is plugged in.
///
/// The address changes with each plugging-in, so that an identity kept too long finds nothing instead of another device.
public struct USBDeviceID: Hashable, Sendable, CustomStringConvertible {
    /// Where it is plugged in.
    public let path: USBPortPath

    /// The address on its bus, 1 to 127 (USB 2.0, 9.4.6).
    public let address: UInt8

    /// Names a device.
    ///
    /// - Parameters:
    ///   - path: Where it is plugged in.
    ///   - address: The address on its bus.
    public init(path: USBPortPath, address: UInt8) {
        self.path = path
        self.address = address
    }

    /// Place and address, such as `1-2.4 (address 9)`.
    public var description: String { "\(path) (address \(address))" }
}
