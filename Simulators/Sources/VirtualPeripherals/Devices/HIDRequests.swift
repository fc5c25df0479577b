/// Control requests of the HID class (HID 1.11, 7.1 and 7.2), the same for all simulated scanners.
enum HIDRequests: Sendable {
    /// The HID descriptor between an interface and its endpoints (HID 1.11, 6.2.1).
    static func descriptor(reportDescriptor: [UInt8]) -> [UInt8] {
        [9, 0x21, 0x11, 0x01, 0, 1, 0x22, UInt8(reportDescriptor.count & 0xFF), UInt8(reportDescriptor.count >> 8)]
    }

    /// Answers a request; nil refuses it.
    static func answer(_ setup: SetupPacket, reportDescriptor: [UInt8], reportBytes: Int) -> ControlAnswer? {
        switch (setup.requestType, setup.request) {
        case (0x81, 6) where setup.value >> 8 == 0x22: .data(reportDescriptor)
        case (0x81, 6) where setup.value >> 8 == 0x21: .data(descriptor(reportDescriptor: reportDescriptor))
        case (0xA1, 1): .data([UInt8](repeating: 0, count: reportBytes))
        case (0xA1, 3): .data([0])
        case (0x21, 0x09), (0x21, 0x0A), (0x21, 0x0B): .accepted
        default: nil
        }
    }

    /// A boot keyboard: eight modifier bits, a reserved byte, six keys.
    static let bootKeyboard: [UInt8] = [
        0x05, 0x01, 0x09, 0x06, 0xA1, 0x01,  // keyboard
        0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02,
        0x75, 0x08, 0x95, 0x01, 0x81, 0x01,
        0x19, 0x00, 0x29, 0x65, 0x25, 0x65, 0x95, 0x06, 0x81, 0x00,
        0xC0,
    ]

    /// A bar-code scanner (HID POS Usage Tables 1.02, page 8C): one input report of 63 bytes behind its number.
    static let barCodeScanner: [UInt8] = [
        0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01,  // bar-code scanner
        0x85, POSScanner.reportNumber, 0x09, 0x12, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x3F, 0x81, 0x02,
        0xC0,
    ]
}
