public import DeviceIO

/// What is known of a device that is plugged in; a snapshot, which does not follow the device.
///
/// Texts come from the device and are only for people's eyes: a maker may leave them out or give every device the same.
public struct USBDeviceInfo: Hashable, Sendable, Identifiable {
    /// Names the device while it is plugged in.
    public var id: USBDeviceID

    /// The maker.
    public var vendor: VendorID

    /// The model.
    public var product: ProductID

    /// The class of the whole device; 0 when its interfaces say what they do.
    public var deviceClass: UInt8

    /// The maker's name, if the device tells.
    public var manufacturerName: String?

    /// The model's name, if the device tells.
    public var productName: String?

    /// The serial number, if the device tells.
    public var serialNumber: String?

    /// All interfaces of the active configuration, each in all its settings; empty when the descriptors are malformed.
    public var interfaces: [USBInterface]

    /// Why the snapshot is not complete: `device.malformed` for bad descriptors, `device.access-denied` and others when the
    /// texts could not be asked for; nil when nothing went wrong.
    public var fault: DeviceError.Code?

    /// Makes a snapshot.
    ///
    /// - Parameters:
    ///   - id: Names the device.
    ///   - vendor: The maker.
    ///   - product: The model.
    ///   - deviceClass: The class of the whole device.
    ///   - manufacturerName: The maker's name.
    ///   - productName: The model's name.
    ///   - serialNumber: The serial number.
    ///   - interfaces: All interfaces in all their settings.
    ///   - fault: Why the snapshot is not complete.
    public init(
        id: USBDeviceID,
        vendor: VendorID,
        product: ProductID,
        deviceClass: UInt8 = 0,
        manufacturerName: String? = nil,
        productName: String? = nil,
        serialNumber: String? = nil,
        interfaces: [USBInterface] = [],
        fault: DeviceError.Code? = nil
    ) {
        self.id = id
        self.vendor = vendor
        self.product = product
        self.deviceClass = deviceClass
        self.manufacturerName = manufacturerName
        self.productName = productName
        self.serialNumber = serialNumber
        self.interfaces = interfaces
        self.fault = fault
    }

    /// The first interface setting that is meant by a rule.
    ///
    /// - Parameter match: The rule.
    /// - Returns: The interface, or nil if none fits.
    public func interface(matching match: USBInterfaceMatch) -> USBInterface? {
        interfaces.first(where: match.matches)
    }
}
