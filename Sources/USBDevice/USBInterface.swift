/// One setting of an interface with its endpoints (USB 2.0, 9.6.5).
public struct USBInterface: Hashable, Sendable {
    /// The number by which the interface is claimed.
    public var number: UInt8

    /// Which of the interface's settings this is; 0 is the one after plugging in.
    public var alternateSetting: UInt8

    /// What the interface does.
    public var interfaceClass: USBInterfaceClass

    /// The endpoints in the order of the descriptors.
    public var endpoints: [USBEndpoint]

    /// Makes a description.
    ///
    /// - Parameters:
    ///   - number: The number of the interface.
    ///   - alternateSetting: Which setting this is.
    ///   - interfaceClass: What it does.
    ///   - endpoints: Its endpoints, in order.
    public init(
        number: UInt8,
        alternateSetting: UInt8 = 0,
        interfaceClass: USBInterfaceClass,
        endpoints: [USBEndpoint]
    ) {
        self.number = number
        self.alternateSetting = alternateSetting
        self.interfaceClass = interfaceClass
        self.endpoints = endpoints
    }

    /// The endpoint of an address.
    ///
    /// - Parameter address: The address.
    /// - Returns: The endpoint, or nil if this setting has none there.
    public func endpoint(_ address: EndpointAddress) -> USBEndpoint? {
        endpoints.first { $0.address == address }
    }

    /// The first endpoint of a direction.
    ///
    /// - Parameters:
    ///   - direction: Which way.
    ///   - kind: Bulk or interrupt; nil takes whichever of the two comes first.
    /// - Returns: The endpoint, or nil if there is none.
    public func firstEndpoint(_ direction: USBDirection, kind: USBTransferKind? = nil) -> USBEndpoint? {
        endpoints.first { endpoint in
            guard endpoint.address.direction == direction else { return false }
            if let kind { return endpoint.kind == kind }
            return endpoint.kind == .bulk || endpoint.kind == .interrupt
        }
    }
}
