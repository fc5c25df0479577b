public import DeviceIO

/// The descriptor of a device (USB 2.0, 9.6.1).
public struct USBDeviceDescriptor: Hashable, Sendable {
    /// Its length in bytes.
    public static let length = 18

    /// The class of the whole device; 0 when its interfaces say what they do.
    public var deviceClass: UInt8

    /// The maker.
    public var vendor: VendorID

    /// The model.
    public var product: ProductID

    /// The index of the maker's name among the texts; 0 for none.
    public var manufacturerIndex: UInt8

    /// The index of the model's name among the texts; 0 for none.
    public var productIndex: UInt8

    /// The index of the serial number among the texts; 0 for none.
    public var serialNumberIndex: UInt8

    /// How many configurations there are, 1 or more.
    public var configurationCount: UInt8

    /// Reads a descriptor strictly.
    ///
    /// - Parameter bytes: The descriptor and nothing else.
    /// - Throws: ``DeviceError`` with `device.malformed`.
    public init(parsing bytes: [UInt8]) throws(DeviceError) {
        guard bytes.count == Self.length, bytes[0] == UInt8(Self.length), bytes[1] == USBDescriptorType.device else {
            throw DeviceError(.malformed, "the device descriptor does not have its form")
        }
        guard bytes[17] > 0 else { throw DeviceError(.malformed, "the device has no configuration") }
        deviceClass = bytes[4]
        vendor = VendorID(rawValue: UInt16(bytes[8]) | UInt16(bytes[9]) << 8)
        product = ProductID(rawValue: UInt16(bytes[10]) | UInt16(bytes[11]) << 8)
        manufacturerIndex = bytes[14]
        productIndex = bytes[15]
        serialNumberIndex = bytes[16]
        configurationCount = bytes[17]
    }
}
