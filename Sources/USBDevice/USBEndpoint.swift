/// An endpoint as its descriptor tells (USB 2.0, 9.6.6).
public struct USBEndpoint: Hashable, Sendable {
    /// The largest packet of an endpoint that is no isochronous one (USB 3.2, 9.6.6).
    public static let packetSizeMax = 1024

    /// Number and direction.
    public var address: EndpointAddress

    /// How it transfers.
    public var kind: USBTransferKind

    /// The size of a full packet in bytes, 1 to ``packetSizeMax``; 0 only for isochronous endpoints that are switched off.
    public var packetSize: Int

    /// How often the device wants to be asked, as `bInterval` says.
    public var interval: UInt8

    /// Makes the description of an endpoint.
    ///
    /// - Parameters:
    ///   - address: Number and direction.
    ///   - kind: How it transfers.
    ///   - packetSize: The size of a full packet in bytes.
    ///   - interval: How often the device wants to be asked.
    public init(address: EndpointAddress, kind: USBTransferKind, packetSize: Int, interval: UInt8 = 0) {
        self.address = address
        self.kind = kind
        self.packetSize = packetSize
        self.interval = interval
    }
}
