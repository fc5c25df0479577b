/// The eight bytes that begin a control transfer (USB 2.0, 9.3).
package struct SetupPacket: Hashable, Sendable {
    /// Bytes of the packet.
    package static let length = 8

    /// Direction, type and recipient; bit 7 means to the host.
    package var requestType: UInt8
    /// Which request of that type.
    package var request: UInt8
    /// The first parameter.
    package var value: UInt16
    /// The second parameter, often an interface or endpoint.
    package var index: UInt16
    /// How many bytes follow, or how many the host has room for.
    package var dataLength: Int

    /// Makes a packet.
    package init(requestType: UInt8, request: UInt8, value: UInt16 = 0, index: UInt16 = 0, dataLength: Int = 0) {
        self.requestType = requestType
        self.request = request
        self.value = value
        self.index = index
        self.dataLength = dataLength
    }

    /// Reads the eight bytes; nil unless there are eight.
    ///
    /// - Parameter bytes: as they stand on the wire.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        let bytes = Array(bytes)
        self.init(
            requestType: bytes[0],
            request: bytes[1],
            value: UInt16(bytes[2]) | UInt16(bytes[3]) << 8,
            index: UInt16(bytes[4]) | UInt16(bytes[5]) << 8,
            dataLength: Int(bytes[6]) | Int(bytes[7]) << 8
        )
    }

    /// Whether the device sends the data.
    package var isIn: Bool { requestType & 0x80 != 0 }
}
