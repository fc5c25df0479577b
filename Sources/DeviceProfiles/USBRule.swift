/// What a USB device must be to match a profile; nil and empty mean any.
public struct USBRule: Hashable, Sendable {
    /// The class of an interface (USB 2.0, 9.6.5).
    public struct Interface: Hashable, Sendable {
        /// The class code.
        public var code: UInt8
        /// The subclass, or any.
        public var subclass: UInt8?
        /// The protocol, or any.
        public var protocolCode: UInt8?

        /// Makes a class.
        ///
        /// - Parameters:
        ///   - code: The class code.
        ///   - subclass: The subclass, or any.
        ///   - protocolCode: The protocol, or any.
        public init(code: UInt8, subclass: UInt8?, protocolCode: UInt8?) {
            self.code = code
            self.subclass = subclass
            self.protocolCode = protocolCode
        }
    }

    /// The most endpoints that a rule asks for.
    public static let endpointsMax = 8

    /// The vendor.
    public var vendor: UInt16?
    /// The product; only with a vendor.
    public var product: UInt16?
    /// The class of one interface.
    public var interface: Interface?
    /// Addresses of endpoints that the same interface must have.
    public var endpoints: [UInt8]

    /// Makes a rule; at least a vendor or an interface should be given.
    ///
    /// - Parameters:
    ///   - vendor: The vendor.
    ///   - product: The product.
    ///   - interface: The class of one interface.
    ///   - endpoints: Addresses of endpoints that the same interface must have.
    public init(vendor: UInt16?, product: UInt16?, interface: Interface?, endpoints: [UInt8]) {
        self.vendor = vendor
        self.product = product
        self.interface = interface
        self.endpoints = endpoints
    }
}
