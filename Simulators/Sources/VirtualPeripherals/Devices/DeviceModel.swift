/// The kinds of simulated devices, ready to be plugged; their profiles say that they are simulated.
package enum DeviceModel: String, Hashable, Sendable, CaseIterable {
    /// ID reader that exchanges whole frames.
    case samvSingle = "samv-single"
    /// ID reader module with a pair of pipes for heads and one for bodies.
    case samvSplit = "samv-split"
    /// Receipt printer.
    case printer
    /// Types what it reads.
    case keyboardScanner = "scanner-keyboard"
    /// Sends reports for points of sale.
    case posScanner = "scanner-pos"
    /// Sends plain text; only on a serial line.
    case textScanner = "scanner-text"

    /// A fresh device of the kind.
    ///
    /// - Parameter unit: tells readers of one kind apart in their SAM id.
    /// - Returns: the device.
    package func makePeripheral(unit: UInt32 = 1) -> any Peripheral {
        switch self {
        case .samvSingle: SAMVReader(wiring: .single, unit: unit)
        case .samvSplit: SAMVReader(wiring: .split, unit: unit)
        case .printer: VirtualPrinter()
        case .keyboardScanner: KeyboardScanner()
        case .posScanner: POSScanner()
        case .textScanner: TextScanner()
        }
    }

    /// What a USB device of the kind says of itself; nil for kinds that are never on USB.
    ///
    /// 1209:0001 to 1209:0010 are the identifiers that pid.codes keeps for tests.
    ///
    /// - Parameters:
    ///   - portPath: where it is plugged, such as `1-2.4`.
    ///   - serial: its serial number, printable ASCII.
    /// - Returns: its description.
    package func description(portPath: String, serial: String) -> USBDescription? {
        let testVendor: UInt16 = 0x1209
        guard let product, let interface else { return nil }
        return USBDescription(
            vendor: testVendor,
            product: product.id,
            productName: "\(product.name) (simulated)",
            serial: serial,
            portPath: portPath,
            interfaces: [interface]
        )
    }

    private var product: (id: UInt16, name: String)? {
        switch self {
        case .samvSingle: (0x0002, "ID reader")
        case .samvSplit: (0x0003, "ID reader module")
        case .printer: (0x0004, "Receipt printer")
        case .keyboardScanner: (0x0005, "Keyboard scanner")
        case .posScanner: (0x0006, "POS scanner")
        case .textScanner: nil
        }
    }

    private var interface: USBDescription.Interface? {
        switch self {
        case .samvSingle:
            USBDescription.Interface(
                classCode: 0xFF,
                endpoints: [.init(0x01, .bulk, packetBytes: 64), .init(0x81, .bulk, packetBytes: 64)]
            )
        case .samvSplit:
            // The pipes of the module's own specification (PROTOCOLS.md 2.1).
            USBDescription.Interface(
                classCode: 0xFF,
                endpoints: [
                    .init(0x02, .bulk, packetBytes: 64), .init(0x06, .bulk, packetBytes: 64, pipe: .second),
                    .init(0x81, .bulk, packetBytes: 64), .init(0x85, .bulk, packetBytes: 64, pipe: .second),
                ]
            )
        case .printer:
            USBDescription.Interface(
                classCode: 7,
                subclass: 1,
                protocol: 2,
                endpoints: [.init(0x01, .bulk, packetBytes: 64), .init(0x82, .bulk, packetBytes: 64)],
                kernelDriver: "usblp"
            )
        case .keyboardScanner:
            hid(
                subclass: 1,
                protocol: 1,
                reportDescriptor: HIDRequests.bootKeyboard,
                reportBytes: KeyboardScanner.reportBytes
            )
        case .posScanner:
            hid(reportDescriptor: HIDRequests.barCodeScanner, reportBytes: POSScanner.reportBytes)
        case .textScanner: nil
        }
    }

    private func hid(
        subclass: UInt8 = 0,
        protocol: UInt8 = 0,
        reportDescriptor: [UInt8],
        reportBytes: Int
    ) -> USBDescription.Interface {
        USBDescription.Interface(
            classCode: 3,
            subclass: subclass,
            protocol: `protocol`,
            classDescriptor: HIDRequests.descriptor(reportDescriptor: reportDescriptor),
            endpoints: [.init(0x81, .interrupt, packetBytes: reportBytes)],
            kernelDriver: "usbhid"
        )
    }
}
