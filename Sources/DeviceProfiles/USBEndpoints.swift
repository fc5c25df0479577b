/// The endpoints by which a USB device is driven.
public enum USBEndpoints: Hashable, Sendable {
    /// Those of the interface that the matching rule named, in the order of its descriptors; without an interface in the
    /// rule, those of the first interface that has enough of them.
    ///
    /// One frame: the first OUT and the first IN endpoint, bulk or interrupt. Split pipes: the first two of each, the
    /// first for the head. A device that only sends: the first IN endpoint.
    case find
    /// One endpoint for sending and one for receiving.
    case pair(output: UInt8, input: UInt8)
    /// Head and rest of a frame on endpoints of their own (PROTOCOLS.md 2.1).
    case split(headOutput: UInt8, bodyOutput: UInt8, headInput: UInt8, bodyInput: UInt8)
    /// One endpoint of a device that only sends.
    case input(UInt8)

    /// Whether an address is that of an endpoint other than 0 (USB 2.0, 9.6.6): bits 6...4 are 0.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - isInput: Whether it should be one from the device to the host, which is bit 7.
    /// - Returns: Whether it is such an address.
    public static func isAddress(_ address: UInt8, isInput: Bool) -> Bool {
        address & 0x70 == 0 && address & 0x0F != 0 && (address & 0x80 != 0) == isInput
    }
}
