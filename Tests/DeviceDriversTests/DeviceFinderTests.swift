import DeviceDrivers
import DeviceIO
import DeviceProfiles
import Foundation
import Testing
import USBDevice
import YAMLFiles

@Suite
struct DeviceFinderTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private let catalogue = DeviceProfileFiles.read("\(root)/DeviceProfiles").catalogue

    private func finder(acceptsSimulated: Bool = true) -> DeviceFinder {
        DeviceFinder(catalogue: catalogue, acceptsSimulated: acceptsSimulated)
    }

    private func info(
        _ port: String,
        _ ids: (UInt16, UInt16),
        _ code: UInt8,
        _ endpoints: [UInt8]
    ) throws -> USBDeviceInfo {
        USBDeviceInfo(
            id: USBDeviceID(path: try #require(USBPortPath(port)), address: 5),
            vendor: VendorID(rawValue: ids.0),
            product: ProductID(rawValue: ids.1),
            interfaces: [
                USBInterface(
                    number: 0,
                    interfaceClass: USBInterfaceClass(classCode: code, subclass: 0, protocolCode: 0),
                    endpoints: try endpoints.map {
                        USBEndpoint(address: try #require(EndpointAddress(rawValue: $0)), kind: .bulk, packetSize: 64)
                    }
                )
            ]
        )
    }

    @Test func endpointsTellTheTwoWiringsOfOneModelApart() throws {
        let single = try info("1-1", (0x0400, 0xC35A), 0xFF, [0x01, 0x81])
        let split = try info("1-2", (0x0400, 0xC35A), 0xFF, [0x02, 0x06, 0x81, 0x85])
        let found = finder().devices(of: .idReader, among: [split, single])
        #expect(found.map(\.id) == ["usb:1-1", "usb:1-2"])
        #expect(found.map(\.profile.id.rawValue) == ["generic-sam-v-usb", "generic-sam-v-usb-split"])
    }

    @Test func aSimulatedDeviceIsNotTakenByARealStation() throws {
        let simulated = try info("1-1", (0x1209, 0x0002), 0xFF, [0x01, 0x81])
        #expect(finder().devices(of: .idReader, among: [simulated]).count == 1)
        #expect(finder(acceptsSimulated: false).devices(of: .idReader, among: [simulated]).isEmpty)
    }

    @Test func aDeviceOfAnotherKindIsPassedOver() throws {
        let reader = try info("1-1", (0x0400, 0xC35A), 0xFF, [0x01, 0x81])
        #expect(finder().devices(of: .printer, among: [reader]).isEmpty)
    }

    @Test func aSerialLineIsTakenByItsKind() throws {
        let address = try #require(DeviceAddress("serial:/dev/ttyUSB7"))
        #expect(try finder().device(of: .idReader, at: address).profile.id.rawValue == "generic-sam-v-serial")
        #expect(throws: DeviceError.self) { try finder().device(of: .cardReader, at: address) }
    }

    @Test func aNamedProfileMustBeOfTheKind() throws {
        let address = try #require(DeviceAddress("serial:/dev/ttyUSB7"))
        let printer = try #require(DeviceProfileID(rawValue: "generic-escpos-file"))
        #expect(throws: DeviceError.self) { try finder().device(of: .idReader, at: address, profile: printer) }
    }

    @Test func anAddressOfUSBWithoutADeviceIsNotFound() throws {
        let address = try #require(DeviceAddress("usb:1-9"))
        do throws(DeviceError) {
            _ = try finder().device(of: .idReader, at: address)
            Issue.record("there is no device")
        } catch {
            #expect(error.code == .notFound)
        }
    }
}
