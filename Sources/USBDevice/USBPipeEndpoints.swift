public import DeviceIO

/// The two endpoints of a pipe; either may be missing when data goes one way only.
public struct USBPipeEndpoints: Hashable, Sendable {
    /// How the endpoints of an interface are found.
    public enum Choice: Hashable, Sendable {
        /// The first of each direction; of a kind, or of bulk and interrupt whichever comes first.
        case first(USBTransferKind?)
        /// Those of the given addresses, as a profile says; nil for none.
        case addresses(out: EndpointAddress?, in: EndpointAddress?)
    }

    /// The endpoint that takes data to the device.
    public let output: USBEndpoint?

    /// The endpoint that brings data.
    public let input: USBEndpoint?

    /// Finds the endpoints of an interface.
    ///
    /// - Parameters:
    ///   - choice: How.
    ///   - interface: Where.
    /// - Throws: ``DeviceError`` with `device.unsupported` when a named endpoint is not there, has the wrong direction or is
    ///   neither bulk nor interrupt, or when neither direction has one.
    public init(_ choice: Choice, of interface: USBInterface) throws(DeviceError) {
        switch choice {
        case .first(let kind):
            output = interface.firstEndpoint(.out, kind: kind)
            input = interface.firstEndpoint(.in, kind: kind)
        case .addresses(let outputAddress, let inputAddress):
            output = try Self.endpoint(outputAddress, .out, of: interface)
            input = try Self.endpoint(inputAddress, .in, of: interface)
        }
        guard output != nil || input != nil else {
            throw DeviceError(.unsupported, "interface \(interface.number) has no endpoint that fits")
        }
    }

    private static func endpoint(
        _ address: EndpointAddress?,
        _ direction: USBDirection,
        of interface: USBInterface
    ) throws(DeviceError) -> USBEndpoint? {
        guard let address else { return nil }
        guard let endpoint = interface.endpoint(address), address.direction == direction,
            endpoint.kind == .bulk || endpoint.kind == .interrupt
        else { throw DeviceError(.unsupported, "interface \(interface.number) has no endpoint \(address) that fits") }
        return endpoint
    }
}
