import DeviceIO
import SeededRandom
import Testing
import USBDevice

@Suite struct USBDescriptorTests {
    private static let device = hex(
        "12 01",  // length, type
        "00 02 00 00 00 40",  // USB 2.0, class by interface, packet size of endpoint 0
        "09 12 01 00 00 01",  // vendor 1209, product 0001, version 1.0
        "01 02 03 01"  // texts, configurations
    )

    private static let configurationHead = "09 02 2E 00 02 01 00 C0 32"
    private static let first = "09 04 00 00 02 FF 00 00 00" + "07 05 81 02 40 00 00" + "07 05 02 02 40 00 00"
    private static let second = "09 04 01 00 00 03 01 01 00"
    private static let configuration = hex(configurationHead + first + "05 24 01 02 03" + second)
        .withTotal()

    private func code(_ bytes: [UInt8]) -> DeviceError.Code? {
        do throws(DeviceError) {
            _ = try USBConfiguration(parsing: bytes)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func readsADeviceDescriptor() throws {
        let descriptor = try USBDeviceDescriptor(parsing: Self.device)
        #expect(descriptor.vendor.description == "1209")
        #expect(descriptor.product.description == "0001")
        #expect([descriptor.manufacturerIndex, descriptor.productIndex, descriptor.serialNumberIndex] == [1, 2, 3])
        #expect(descriptor.configurationCount == 1)
        #expect(descriptor.deviceClass == 0)
    }

    @Test func refusesCutLongWrongAndEmptyDeviceDescriptors() {
        var wrong = Self.device
        wrong[1] = 2
        var empty = Self.device
        empty[17] = 0
        var length = Self.device
        length[0] = 0
        for bytes in [[], Array(Self.device.dropLast()), Self.device + [0], wrong, empty, length] {
            #expect(throws: DeviceError.self) { try USBDeviceDescriptor(parsing: bytes) }
        }
    }

    @Test func readsAConfigurationAndPassesOverDescriptorsOfClasses() throws {
        let configuration = try USBConfiguration(parsing: Self.configuration)
        #expect(configuration.value == 1)
        #expect(configuration.interfaces.map(\.number) == [0, 1])
        #expect(configuration.interfaces[0].interfaceClass.classCode == USBInterfaceClass.vendorClass)
        #expect(configuration.interfaces[0].endpoints.map(\.address.rawValue) == [0x81, 0x02])
        #expect(configuration.interfaces[0].endpoints.map(\.kind) == [.bulk, .bulk])
        #expect(configuration.interfaces[0].endpoints.map(\.packetSize) == [64, 64])
        #expect(configuration.interfaces[1].interfaceClass.classCode == USBInterfaceClass.humanInterfaceClass)
        #expect(configuration.interfaces[1].endpoints.isEmpty)
    }

    @Test func readsSeveralSettingsOfOneInterface() throws {
        let bytes = hex("09 02 00 00 01 01 00 80 32", "09 04 00 00 00 FF 00 00 00", "09 04 00 01 01 FF 00 00 00")
        let endpoint = hex("07 05 83 03 08 00 0A")
        let configuration = try USBConfiguration(parsing: (bytes + endpoint).withTotal())
        #expect(configuration.interfaces.map(\.alternateSetting) == [0, 1])
        let interrupt = try #require(configuration.interfaces[1].endpoints.first)
        #expect(interrupt.kind == .interrupt)
        #expect(interrupt.interval == 10)
    }

    @Test(arguments: [
        ("nothing", ""),
        ("no configuration first", "09 04 00 00 00 FF 00 00 00"),
        ("a short configuration", "08 02 08 00 00 01 00 80"),
        ("a total beyond the end", "09 02 0A 00 00 01 00 80 32"),
        ("a total before the end", "09 02 09 00 00 01 00 80 32" + "02 24"),
        ("a descriptor without length", "09 02 0B 00 00 01 00 80 32" + "00 04"),
        ("a descriptor of length 1", "09 02 0B 00 00 01 00 80 32" + "01 04"),
        ("a descriptor that is cut", "09 02 0B 00 00 01 00 80 32" + "09 04"),
        ("one byte left", "09 02 0A 00 00 01 00 80 32" + "02"),
        ("a short interface", "09 02 11 00 01 01 00 80 32" + "08 04 00 00 00 FF 00 00"),
        ("an endpoint before interfaces", "09 02 10 00 00 01 00 80 32" + "07 05 81 02 40 00 00"),
        ("an interface less than said", "09 02 12 00 02 01 00 80 32" + "09 04 00 00 00 FF 00 00 00"),
        ("an interface more than said", "09 02 12 00 00 01 00 80 32" + "09 04 00 00 00 FF 00 00 00"),
        (
            "a setting twice",
            "09 02 1B 00 01 01 00 80 32" + "09 04 00 00 00 FF 00 00 00" + "09 04 00 00 00 FF 00 00 00"
        ),
        ("an endpoint less than said", "09 02 12 00 01 01 00 80 32" + "09 04 00 00 01 FF 00 00 00"),
        (
            "an endpoint more than said",
            "09 02 19 00 01 01 00 80 32" + "09 04 00 00 00 FF 00 00 00" + "07 05 81 02 40 00 00"
        ),
        (
            "an endpoint twice",
            "09 02 20 00 01 01 00 80 32" + "09 04 00 00 02 FF 00 00 00" + "07 05 81 02 40 00 00"
                + "07 05 81 02 40 00 00"
        ),
        ("endpoint 0", "09 02 19 00 01 01 00 80 32" + "09 04 00 00 01 FF 00 00 00" + "07 05 80 02 40 00 00"),
        (
            "reserved bits in an address",
            "09 02 19 00 01 01 00 80 32" + "09 04 00 00 01 FF 00 00 00" + "07 05 91 02 40 00 00"
        ),
        ("no packet size", "09 02 19 00 01 01 00 80 32" + "09 04 00 00 01 FF 00 00 00" + "07 05 81 02 00 00 00"),
        (
            "a packet size beyond 1,024",
            "09 02 19 00 01 01 00 80 32" + "09 04 00 00 01 FF 00 00 00" + "07 05 81 02 01 04 00"
        ),
        ("a short endpoint", "09 02 18 00 01 01 00 80 32" + "09 04 00 00 01 FF 00 00 00" + "06 05 81 02 40 00"),
        ("a second configuration", "09 02 12 00 00 01 00 80 32" + "09 02 09 00 00 01 00 80 32"),
    ])
    func refusesAConfigurationWith(mistake: String, text: String) {
        #expect(code(hex(text)) == .malformed, "\(mistake)")
    }

    @Test func refusesMoreSettingsThanAnyDeviceHas() {
        let settings = (0...USBConfiguration.settingsMax).flatMap {
            [9, 4, UInt8($0 >> 8), UInt8($0 & 0xFF), 0, 0xFF, 0, 0, 0] as [UInt8]
        }
        let head = hex("09 02 00 00 01 01 00 80 32")
        #expect(code((head + settings.dropLast(9)).withTotal()) == nil)
        #expect(code((head + settings).withTotal()) == .malformed)
    }

    @Test func takesAnyBytesWithoutHarm() {
        var random = SplitMix64(seed: 31)
        var accepted = 0
        for round in 0..<150_000 {
            let isMutation = !round.isMultiple(of: 3)
            var bytes = isMutation ? random.mutation(of: Self.configuration) : random.bytes(upTo: 96)
            // Half of them keep a right total, so that the rest is reached.
            if random.below(2) == 0, bytes.count >= 4 { bytes = bytes.withTotal() }
            guard let configuration = try? USBConfiguration(parsing: bytes) else { continue }
            accepted += 1
            let endpoints = configuration.interfaces.flatMap(\.endpoints)
            if bytes.count < 9 + 9 * configuration.interfaces.count + 7 * endpoints.count {
                Issue.record("round \(round) of seed 31 gives more than its \(bytes.count) bytes hold")
            }
            if endpoints.contains(where: { $0.packetSize > USBEndpoint.packetSizeMax }) {
                Issue.record("round \(round) of seed 31: \(bytes)")
            }
        }
        #expect(accepted > 100)
    }

    @Test func takesAnyBytesAsDeviceDescriptorAndTextWithoutHarm() {
        var random = SplitMix64(seed: 32)
        let text = hex("0C 03 53 00 49 00 4D 00 3D D8 00 DE")
        var accepted = 0
        for round in 0..<100_000 {
            let device = round.isMultiple(of: 2) ? random.mutation(of: Self.device) : random.bytes(upTo: 24)
            if let descriptor = try? USBDeviceDescriptor(parsing: device), descriptor.configurationCount == 0 {
                Issue.record("round \(round) of seed 32: \(device)")
            }
            var bytes = round.isMultiple(of: 2) ? random.mutation(of: text) : random.bytes(upTo: 40)
            if let count = UInt8(exactly: bytes.count), count > 1 { bytes.replaceSubrange(0..<2, with: [count, 3]) }
            guard let found = try? USBStringDescriptor.text(bytes) else { continue }
            accepted += 1
            if found.isEmpty || found.utf16.count > 126 || found.unicodeScalars.contains(where: { $0.value < 0x20 }) {
                Issue.record("round \(round) of seed 32: \(bytes)")
            }
        }
        #expect(accepted > 1_000)
    }

    @Test func readsTexts() throws {
        #expect(try USBStringDescriptor.text(hex("0A 03 53 00 49 00 4D 00 31 00")) == "SIM1")
        #expect(try USBStringDescriptor.text(hex("06 03 2D 4E 87 65")) == "中文")
        // Spaces and zeros at the ends, and control characters, are dropped.
        #expect(try USBStringDescriptor.text(hex("0E 03 20 00 41 00 1B 00 42 00 20 00 00 00")) == "AB")
        // A surrogate without its pair.
        #expect(try USBStringDescriptor.text(hex("06 03 00 D8 41 00")) == "\u{FFFD}A")
        #expect(try USBStringDescriptor.text(hex("02 03")) == nil)
        #expect(try USBStringDescriptor.text(hex("04 03 20 00")) == nil)
        #expect(try USBStringDescriptor.firstLanguage(hex("04 03 09 04")) == 0x0409)
        #expect(try USBStringDescriptor.firstLanguage(hex("02 03")) == nil)
    }

    @Test(arguments: ["", "02", "03 03 41", "04 03 41", "04 02 41 00", "04 03 41 00 42 00", "00 03"])
    func refusesTextsWithoutTheirForm(text: String) {
        #expect(throws: DeviceError.self) { try USBStringDescriptor.text(hex(text)) }
    }

    @Test func asksForTexts() {
        let request = USBStringDescriptor.request(index: 3, language: 0x0409)
        #expect(request == USBControlRequest(requestType: 0x80, request: 6, value: 0x0303, index: 0x0409))
        #expect(request.direction == .in)
    }
}

extension [UInt8] {
    /// The same with the right `wTotalLength`.
    fileprivate func withTotal() -> [UInt8] {
        var bytes = self
        bytes[2] = UInt8(count & 0xFF)
        bytes[3] = UInt8(count >> 8 & 0xFF)
        return bytes
    }
}
