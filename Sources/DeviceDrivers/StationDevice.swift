public import DeviceProfiles
public import USBDevice

/// A device that is there, or is said to be: its place, its profile, and the interface that the profile means.
public struct StationDevice: Sendable, Hashable, Identifiable {
    /// The text of the address; it names the device in logs and commands.
    public var id: String { address.description }

    /// Where it is.
    public var address: DeviceAddress

    /// What it is.
    public var profile: DeviceProfile

    /// What the device says of itself; nil for a path.
    public var usb: USBDeviceInfo?

    /// The number of the interface that the profile means; nil for a path.
    public var usbInterface: UInt8?

    /// Makes a device.
    ///
    /// - Parameters:
    ///   - address: Where it is.
    ///   - profile: What it is.
    ///   - usb: What the device says of itself.
    ///   - usbInterface: The number of the interface that the profile means.
    public init(
        address: DeviceAddress,
        profile: DeviceProfile,
        usb: USBDeviceInfo? = nil,
        usbInterface: UInt8? = nil
    ) {
        self.address = address
        self.profile = profile
        self.usb = usb
        self.usbInterface = usbInterface
    }
}
