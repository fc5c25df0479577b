/// Where a device is, in the numbers of libusb.
struct LibUSBPlace: Hashable, Sendable {
    var bus: UInt8
    var ports: [UInt8]
    var address: UInt8
}
