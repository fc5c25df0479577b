/// What a USB device says of itself, as far as profiles ask for it.
public struct USBIdentity: Hashable, Sendable {
    /// One interface with its endpoints.
    public struct Interface: Hashable, Sendable {
        /// Its number.
        public var number: UInt8
        /// Its class.
        public var code: UInt8
        /// Its subclass.
        public var subclass: UInt8
        /// Its protocol.
        public var protocolCode: UInt8
        /// The addresses of its endpoints, in the order of the descriptors.
        public var endpoints: [UInt8]

        /// Makes an interface.
        ///
        /// - Parameters:
        ///   - number: Its number.
        ///   - code: Its class.
        ///   - subclass: Its subclass.
        ///   - protocolCode: Its protocol.
        ///   - endpoints: The addresses of its endpoints.
        public init(number: UInt8, code: UInt8, subclass: UInt8, protocolCode: UInt8, endpoints: [UInt8]) {
            self.number = number
            self.code = code
            self.subclass = subclass
            self.protocolCode = protocolCode
            self.endpoints = endpoints
        }
    }

    /// The vendor.
    public var vendor: UInt16
    /// The product.
    public var product: UInt16
    /// The interfaces.
    public var interfaces: [Interface]

    /// Makes an identity.
    ///
    /// - Parameters:
    ///   - vendor: The vendor.
    ///   - product: The product.
    ///   - interfaces: The interfaces.
    public init(vendor: UInt16, product: UInt16, interfaces: [Interface]) {
        self.vendor = vendor
        self.product = product
        self.interfaces = interfaces
    }
}
