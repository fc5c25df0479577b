/// What a simulated USB device says of itself.
package struct USBDescription: Hashable, Sendable {
    /// How an endpoint carries its bytes (USB 2.0, 9.6.6).
    package enum TransferKind: UInt8, Hashable, Sendable {
        /// As fast as the bus lets it.
        case bulk = 2
        /// Small reports in time.
        case interrupt = 3
    }

    /// One endpoint besides zero.
    package struct Endpoint: Hashable, Sendable {
        /// Number, and bit 7 for IN.
        package var address: UInt8
        /// How it carries its bytes.
        package var kind: TransferKind
        /// Bytes of a full packet.
        package var packetBytes: Int
        /// The pipe of the device behind it.
        package var pipe: Pipe

        /// Makes an endpoint.
        package init(_ address: UInt8, _ kind: TransferKind, packetBytes: Int, pipe: Pipe = .first) {
            self.address = address
            self.kind = kind
            self.packetBytes = packetBytes
            self.pipe = pipe
        }

        /// Whether the device sends through it.
        package var isIn: Bool { address & 0x80 != 0 }
    }

    /// One interface; their numbers are their places.
    package struct Interface: Hashable, Sendable {
        /// Class of USB-IF, such as 7 for printers.
        package var classCode: UInt8
        /// Subclass within the class.
        package var subclass: UInt8
        /// Protocol within the subclass.
        package var `protocol`: UInt8
        /// Descriptors between the interface and its endpoints, such as that of HID.
        package var classDescriptor: [UInt8]
        /// Endpoints, in the order of their descriptors.
        package var endpoints: [Endpoint]
        /// The kernel driver that holds the interface when the device is plugged.
        package var kernelDriver: String?

        /// Makes an interface.
        package init(
            classCode: UInt8,
            subclass: UInt8 = 0,
            protocol: UInt8 = 0,
            classDescriptor: [UInt8] = [],
            endpoints: [Endpoint],
            kernelDriver: String? = nil
        ) {
            self.classCode = classCode
            self.subclass = subclass
            self.protocol = `protocol`
            self.classDescriptor = classDescriptor
            self.endpoints = endpoints
            self.kernelDriver = kernelDriver
        }
    }

    /// Vendor identifier of USB-IF.
    package var vendor: UInt16
    /// Product identifier of the vendor.
    package var product: UInt16
    /// Printable ASCII, at most ``textLengthMax`` characters, as the other texts.
    package var manufacturer: String
    /// Name for persons; says that the device is simulated.
    package var productName: String
    /// Serial number, which tells equal devices apart.
    package var serial: String
    /// Where it is plugged, as Linux writes it, such as `1-2.4`.
    package var portPath: String
    /// Interfaces; their numbers are their places.
    package var interfaces: [Interface]

    /// The longest text: more does not fit a string descriptor.
    package static let textLengthMax = 120

    /// Makes a description; the manufacturer is the simulator.
    package init(
        vendor: UInt16,
        product: UInt16,
        productName: String,
        serial: String,
        portPath: String,
        interfaces: [Interface]
    ) {
        self.vendor = vendor
        self.product = product
        manufacturer = "OneCard Simulator"
        self.productName = productName
        self.serial = serial
        self.portPath = portPath
        self.interfaces = interfaces
    }

    /// The endpoint of an address.
    ///
    /// - Parameter address: number and direction.
    /// - Returns: nil when the device has none.
    package func endpoint(_ address: UInt8) -> Endpoint? {
        interfaces.lazy.flatMap(\.endpoints).first { $0.address == address }
    }

    /// The endpoint through which a pipe sends.
    ///
    /// - Parameter pipe: a line of the device.
    /// - Returns: nil when it does not send.
    package func input(of pipe: Pipe) -> Endpoint? {
        interfaces.lazy.flatMap(\.endpoints).first { $0.isIn && $0.pipe == pipe }
    }

    /// Whether a text fits a string descriptor and the link: printable ASCII without quotes and backslashes.
    ///
    /// - Parameter text: any text.
    /// - Returns: whether it may be a name or a serial number.
    package static func isText(_ text: String) -> Bool {
        text.utf8.count <= textLengthMax
            && text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    }
}
