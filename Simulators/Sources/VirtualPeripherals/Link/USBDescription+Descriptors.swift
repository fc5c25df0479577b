extension USBDescription {
    /// Device and configuration descriptors (USB 2.0, 9.6).
    package var descriptors: [UInt8] {
        let ids = Self.word(vendor) + Self.word(product)
        let device: [UInt8] = [18, 1, 0x00, 0x02, 0, 0, 0, 64] + ids + [0x00, 0x01, 1, 2, 3, 1]
        let body = interfaces.enumerated().flatMap { number, interface in
            Self.bytes(of: interface, number: UInt8(truncatingIfNeeded: number))
        }
        let selfPowered: UInt8 = 0xC0
        let total = Self.word(UInt16(truncatingIfNeeded: 9 + body.count))
        return device + [9, 2] + total + [UInt8(truncatingIfNeeded: interfaces.count), 1, 0, selfPowered, 50] + body
    }

    private static func bytes(of interface: Interface, number: UInt8) -> [UInt8] {
        let count = UInt8(truncatingIfNeeded: interface.endpoints.count)
        let head = [
            9, 4, number, 0, count, interface.classCode, interface.subclass, interface.protocol, 0,
        ]
        let endpoints = interface.endpoints.flatMap { endpoint -> [UInt8] in
            let interval: UInt8 = endpoint.kind == .interrupt ? 10 : 0
            let size = word(UInt16(truncatingIfNeeded: endpoint.packetBytes))
            return [7, 5, endpoint.address, endpoint.kind.rawValue] + size + [interval]
        }
        return head + interface.classDescriptor + endpoints
    }

    private static func word(_ value: UInt16) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }

    /// The payload of an ATTACH frame.
    var linkPayload: [UInt8] {
        let fullSpeed: UInt8 = 1
        let descriptors = descriptors
        let strings = [manufacturer, productName, serial]
        let drivers = interfaces.enumerated().compactMap { number, interface in
            interface.kernelDriver.map { [UInt8(truncatingIfNeeded: number)] + Self.text($0) }
        }
        return [fullSpeed] + Self.text(portPath)
            + Self.word(UInt16(truncatingIfNeeded: descriptors.count)) + descriptors
            + [UInt8(strings.count)] + strings.flatMap(Self.text)
            + [UInt8(truncatingIfNeeded: drivers.count)] + drivers.joined()
    }

    private static func text(_ text: String) -> [UInt8] {
        [UInt8(truncatingIfNeeded: text.utf8.count)] + Array(text.utf8)
    }
}
