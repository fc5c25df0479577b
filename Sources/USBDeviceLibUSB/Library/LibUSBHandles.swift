/// A context of libusb: its own list of devices and its own events.
struct LibUSBContext: Hashable, Sendable {
    let address: UInt
}

/// A device in the list of a context; it lives as long as it is retained.
struct LibUSBDevice: Hashable, Sendable {
    let address: UInt
}

/// An open device.
struct LibUSBHandle: Hashable, Sendable {
    let address: UInt
}

/// A transfer that was handed in; it lives until its completion has returned.
struct LibUSBTransfer: Hashable, Sendable {
    let address: UInt
}

/// A watch for devices; it belongs to a context.
struct LibUSBWatch: Hashable, Sendable {
    let number: Int32
    let sink: UInt
}
