public import DeviceIO

/// The active configuration of a device with its interfaces (USB 2.0, 9.6.3).
public struct USBConfiguration: Hashable, Sendable {
    /// The most settings of interfaces: far beyond any device of a station, far below what 65,535 bytes could hold.
    public static let settingsMax = 256

    /// The value by which the configuration is chosen.
    public var value: UInt8

    /// All interfaces in all their settings, in the order of the descriptors.
    public var interfaces: [USBInterface]

    /// Reads a configuration with all that belongs to it, strictly.
    ///
    /// Descriptors of other types, such as those of a class, are passed over. Refused are: a descriptor that is cut or
    /// shorter than its form, totals and counts that contradict what is there, an interface setting or an endpoint that
    /// comes twice, an endpoint outside an interface, a bulk or interrupt endpoint without packet size.
    ///
    /// - Parameter bytes: The whole configuration, 9 to 65,535 bytes.
    /// - Throws: ``DeviceError`` with `device.malformed`.
    public init(parsing bytes: [UInt8]) throws(DeviceError) {
        var reader = USBDescriptorReader(bytes)
        guard let first = try reader.next(), first.type == USBDescriptorType.configuration, first.bytes.count >= 9
        else {
            throw DeviceError(.malformed, "there is no configuration descriptor at the start")
        }
        guard Int(first.word(at: 2)) == bytes.count else {
            throw DeviceError(.malformed, "the configuration is cut, or longer than it says")
        }
        value = first[5]
        var settings: [(interface: USBInterface, endpointCount: Int)] = []
        while let descriptor = try reader.next() {
            switch descriptor.type {
            case USBDescriptorType.interface:
                guard settings.count < Self.settingsMax else {
                    throw DeviceError(.malformed, "there are more than \(Self.settingsMax) interface settings")
                }
                settings.append(try Self.setting(descriptor))
            case USBDescriptorType.endpoint:
                guard !settings.isEmpty else {
                    throw DeviceError(.malformed, "an endpoint stands before all interfaces")
                }
                settings[settings.count - 1].interface.endpoints.append(try USBEndpoint(descriptor))
            case USBDescriptorType.configuration, USBDescriptorType.device:
                throw DeviceError(.malformed, "a device or configuration descriptor stands inside the configuration")
            default:
                continue
            }
        }
        try Self.check(settings, interfaceCount: Int(first[4]))
        interfaces = settings.map(\.interface)
    }

    private static func setting(
        _ descriptor: USBDescriptorReader.Descriptor
    ) throws(DeviceError) -> (interface: USBInterface, endpointCount: Int) {
        guard descriptor.bytes.count >= 9 else {
            throw DeviceError(.malformed, "an interface descriptor is shorter than 9 bytes")
        }
        let interface = USBInterface(
            number: descriptor[2],
            alternateSetting: descriptor[3],
            interfaceClass: USBInterfaceClass(
                classCode: descriptor[5],
                subclass: descriptor[6],
                protocolCode: descriptor[7]
            ),
            endpoints: []
        )
        return (interface, Int(descriptor[4]))
    }

    private static func check(
        _ settings: [(interface: USBInterface, endpointCount: Int)],
        interfaceCount: Int
    ) throws(DeviceError) {
        var numbers: Set<UInt8> = []
        var seen: Set<[UInt8]> = []
        for (interface, endpointCount) in settings {
            numbers.insert(interface.number)
            guard seen.insert([interface.number, interface.alternateSetting]).inserted else {
                throw DeviceError(.malformed, "an interface setting comes twice")
            }
            guard interface.endpoints.count == endpointCount else {
                throw DeviceError(.malformed, "an interface has not as many endpoints as it says")
            }
            guard Set(interface.endpoints.map(\.address)).count == endpointCount else {
                throw DeviceError(.malformed, "an interface has two endpoints of one address")
            }
        }
        guard numbers.count == interfaceCount else {
            throw DeviceError(.malformed, "the configuration has not as many interfaces as it says")
        }
    }
}

extension USBEndpoint {
    fileprivate init(_ descriptor: USBDescriptorReader.Descriptor) throws(DeviceError) {
        guard descriptor.bytes.count >= 7, let address = EndpointAddress(rawValue: descriptor[2]),
            let kind = USBTransferKind(rawValue: descriptor[3] & 0x03)
        else { throw DeviceError(.malformed, "an endpoint descriptor does not have its form") }
        // The upper bits tell of further transactions in one microframe, which is no matter of ours.
        let packetSize = Int(descriptor.word(at: 4) & 0x07FF)
        guard packetSize <= Self.packetSizeMax, packetSize > 0 || kind == .isochronous else {
            throw DeviceError(.malformed, "the packet size of an endpoint is out of range")
        }
        self.init(address: address, kind: kind, packetSize: packetSize, interval: descriptor[6])
    }
}
