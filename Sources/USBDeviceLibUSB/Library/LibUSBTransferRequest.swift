import USBDevice

/// A transfer to be handed in.
struct LibUSBTransferRequest: Sendable {
    enum Target: Sendable, Hashable {
        case control(USBControlRequest)
        case bulk(EndpointAddress)
        case interrupt(EndpointAddress)
    }

    enum Payload: Sendable, Hashable {
        /// Bytes to the device.
        case out([UInt8])
        /// Room for bytes from the device.
        case `in`(Int)

        var count: Int {
            switch self {
            case .out(let bytes): bytes.count
            case .in(let count): count
            }
        }
    }

    var target: Target
    var payload: Payload
    /// The library's own limit, 1 or more: 0 would be none.
    var milliseconds: UInt32
}

/// How a transfer ended.
struct LibUSBCompletion: Sendable, Hashable {
    var status: LibUSBTransferStatus
    /// How many bytes went, either way.
    var count: Int
    /// What came from the device; empty for the other direction.
    var bytes: [UInt8]
}
