import DeviceIO
import USBDevice

@testable import USBDeviceLibUSB

extension FakeLibUSB.Device {
    private static func text(_ text: String) -> [UInt8] {
        let units = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return [UInt8(units.count + 2), 3] + units
    }

    /// A device of one interface with endpoints 0x01, 0x81 (bulk, 64 bytes) and 0x82 (interrupt, 8 bytes).
    static func reader(port: UInt8, address: UInt8 = 2, serial: String = "SIM0001", classCode: UInt8 = 0xFF) -> Self {
        FakeLibUSB.Device(
            place: LibUSBPlace(bus: 1, ports: [port], address: address),
            descriptor: [18, 1, 0, 2, 0, 0, 0, 64, 0x09, 0x12, 1, 0, 0, 1, 1, 2, 3, 1],
            configuration: [
                9, 2, 39, 0, 1, 1, 0, 0xC0, 50, 9, 4, 0, 0, 3, classCode, 0, 0, 0, 7, 5, 0x01, 2, 64, 0, 0, 7, 5, 0x81,
                2,
                64, 0, 0, 7, 5, 0x82, 3, 8, 0, 10,
            ],
            texts: [0: [4, 3, 9, 4], 1: text("OneCard"), 2: text("Simulated reader"), 3: text(serial)]
        )
    }

    /// A device whose one interface has two settings.
    static func twoSettings(port: UInt8) -> Self {
        var device = reader(port: port)
        device.configuration = [
            9, 2, 34, 0, 1, 1, 0, 0xC0, 50, 9, 4, 0, 0, 0, 0xFF, 0, 0, 0, 9, 4, 0, 1, 1, 0xFF, 0, 0, 0, 7, 5, 0x81, 2,
            64, 0,
            0,
        ]
        return device
    }
}

extension EndpointAddress {
    static func of(_ byte: UInt8) -> EndpointAddress {
        guard let address = EndpointAddress(rawValue: byte) else { preconditionFailure("a mistake in the test") }
        return address
    }
}

/// The code of the failure of `body`, or nil.
func code(_ body: () async throws -> Void) async -> DeviceError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? DeviceError)?.code
    }
}
