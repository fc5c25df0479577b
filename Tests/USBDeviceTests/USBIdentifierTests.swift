import Testing
import USBDevice

@Suite struct USBIdentifierTests {
    @Test(arguments: [("1209", 0x1209), ("0400", 0x0400), ("C35A", 0xC35A), ("c35a", 0xC35A), ("ffff", 0xFFFF)])
    func readsFourHexadecimalDigits(text: String, value: UInt16) {
        #expect(VendorID(text)?.rawValue == value)
        #expect(ProductID(text)?.rawValue == value)
        #expect(VendorID(text)?.description == text.lowercased())
        #expect(ProductID(text)?.description == text.lowercased())
    }

    @Test(arguments: ["", "1", "120", "12090", "0x12", "+120", "-120", "12 9", "１２０９", "12g9"])
    func refusesEverythingElseAsNumber(text: String) {
        #expect(VendorID(text) == nil)
        #expect(ProductID(text) == nil)
    }

    @Test func comparesNumbers() {
        #expect(VendorID(rawValue: 1) < VendorID(rawValue: 2))
        #expect(ProductID(rawValue: 0x0F) < ProductID(rawValue: 0x10))
    }

    @Test(arguments: ["1-0", "1-2", "1-2.4", "3-1.2.3.4.5.6.7", "255-255.255"])
    func readsAndWritesPortPaths(text: String) {
        #expect(USBPortPath(text)?.description == text)
    }

    @Test(arguments: [
        "", "1", "1-", "-1", "0-1", "1-0.1", "1-1.0", "1-01", "01-1", "1-1.", "1-.1", "1-1-1", "1-256", "256-1", "1-+1",
        "1- 1", "1-1.2.3.4.5.6.7.8", "1-1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1",
    ])
    func refusesOtherPortPaths(text: String) {
        #expect(USBPortPath(text) == nil)
    }

    @Test func ordersPortPathsByBusThenPorts() throws {
        let texts = ["1-0", "1-1", "1-1.2", "1-1.10", "1-2", "2-1"]
        let paths = try texts.map { try #require(USBPortPath($0)) }
        #expect(paths.reversed().sorted() == paths)
    }

    @Test func refusesPathsThatCannotBe() {
        #expect(USBPortPath(bus: 0, ports: [1]) == nil)
        #expect(USBPortPath(bus: 1, ports: [0]) == nil)
        #expect(USBPortPath(bus: 1, ports: Array(repeating: 1, count: 8)) == nil)
    }

    @Test(arguments: [
        (0x01, 1, USBDirection.out, "0x01"), (0x81, 1, .in, "0x81"), (0x0F, 15, .out, "0x0f"), (0x8A, 10, .in, "0x8a"),
    ])
    func readsEndpointAddresses(byte: UInt8, number: UInt8, direction: USBDirection, text: String) throws {
        let address = try #require(EndpointAddress(rawValue: byte))
        #expect(address.number == number)
        #expect(address.direction == direction)
        #expect(address.description == text)
        #expect(EndpointAddress(number, direction) == address)
    }

    @Test func refusesAllOtherEndpointAddresses() {
        let accepted = (0...255).filter { EndpointAddress(rawValue: UInt8($0)) != nil }
        #expect(accepted == Array(0x01...0x0F) + Array(0x81...0x8F))
        #expect(EndpointAddress(16, .out) == nil)
        #expect(EndpointAddress(0, .in) == nil)
    }

    @Test func matchesInterfacesByWhatIsGiven() {
        let printer = USBInterface(
            number: 2,
            interfaceClass: USBInterfaceClass(classCode: 7, subclass: 1, protocolCode: 2),
            endpoints: []
        )
        #expect(USBInterfaceMatch().matches(printer))
        #expect(USBInterfaceMatch(number: 2, classCode: 7, subclass: 1, protocolCode: 2).matches(printer))
        #expect(!USBInterfaceMatch(number: 1).matches(printer))
        #expect(!USBInterfaceMatch(classCode: 8).matches(printer))
        #expect(!USBInterfaceMatch(classCode: 7, subclass: 2).matches(printer))
        #expect(!USBInterfaceMatch(classCode: 7, protocolCode: 1).matches(printer))
        #expect(printer.interfaceClass.description == "07/01/02")
    }
}
