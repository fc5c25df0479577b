/// The ways by which a device is reached.
public enum DeviceTransport: String, Hashable, Sendable, CaseIterable {
    /// By the smart-card service.
    case pcsc
    /// By libusb.
    case usb
    /// By a serial line, also one that a USB device offers.
    case serial
    /// By a device file of the kernel.
    case deviceFile = "device-file"
    /// By the page of the service point.
    case screen
}
