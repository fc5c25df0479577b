/// The address of an endpoint: its number and, in the highest bit, its direction (USB 2.0, 9.6.6).
public struct EndpointAddress: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The byte as it stands in descriptors, such as 0x81.
    public let rawValue: UInt8

    /// Takes the byte of a descriptor or a profile.
    ///
    /// - Parameter rawValue: The byte; number 0, which belongs to control transfers, and reserved bits give nil.
    public init?(rawValue: UInt8) {
        guard rawValue & 0x0F != 0, rawValue & 0x70 == 0 else { return nil }
        self.rawValue = rawValue
    }

    /// Makes the address of an endpoint.
    ///
    /// - Parameters:
    ///   - number: 1 to 15; anything else gives nil.
    ///   - direction: Which way it carries data.
    public init?(_ number: UInt8, _ direction: USBDirection) {
        guard number <= 15 else { return nil }
        self.init(rawValue: direction == .in ? number | 0x80 : number)
    }

    /// The number, 1 to 15.
    public var number: UInt8 { rawValue & 0x0F }

    /// Which way the endpoint carries data.
    public var direction: USBDirection { rawValue & 0x80 == 0 ? .out : .in }

    /// The byte in hexadecimal, such as `0x81`.
    public var description: String { (rawValue < 0x10 ? "0x0" : "0x") + String(rawValue, radix: 16) }
}
