import DeviceIO
import Testing
import USBDevice

@testable import USBDeviceLibUSB

@Suite(.timeLimit(.minutes(1))) struct LibUSBBusTests {
    private let library = FakeLibUSB()

    private func bus(_ limits: LibUSBLimits = LibUSBLimits()) async throws -> LibUSBBus {
        try await LibUSBBus.open(library: library, limits: limits)
    }

    private func end(_ bus: LibUSBBus) async {
        #expect(await bus.shutdown())
        #expect(library.change { $0.misuses }.isEmpty)
        #expect(library.change { $0.log.filter { $0 == "end" }.count } == 1)
    }

    @Test func listsDevicesByPortPathWithTheirTexts() async throws {
        _ = library.plug(.reader(port: 2, address: 7, serial: "SIM0002"))
        _ = library.plug(.reader(port: 1, address: 9))
        let bus = try await bus()
        let devices = try await bus.devices()
        #expect(devices.map(\.id.path.description) == ["1-1", "1-2"])
        #expect(devices.map(\.id.address) == [9, 7])
        #expect(devices.map(\.serialNumber) == ["SIM0001", "SIM0002"])
        #expect(devices[0].manufacturerName == "OneCard")
        #expect(devices[0].productName == "Simulated reader")
        #expect(devices[0].interfaces.first?.endpoints.count == 3)
        #expect(devices.allSatisfy { $0.fault == nil })
        await end(bus)
    }

    @Test func listsADeviceThatItMayNotOpen() async throws {
        var device = FakeLibUSB.Device.reader(port: 1)
        device.opening = .access
        _ = library.plug(device)
        let bus = try await bus()
        let info = try #require(try await bus.devices().first)
        #expect(info.fault == .accessDenied)
        #expect(info.interfaces.count == 1)
        #expect(await code { try await bus.withDevice(info.id) { _ in } } == .accessDenied)
        await end(bus)
    }

    @Test(arguments: [[0, 2, 39, 0], [9, 2, 40, 0, 0, 1, 0, 0, 0]])
    func listsADeviceWithBadDescriptors(configuration: [UInt8]) async throws {
        var device = FakeLibUSB.Device.reader(port: 1)
        device.configuration = configuration
        _ = library.plug(device)
        var nameless = FakeLibUSB.Device.reader(port: 2)
        nameless.descriptor = []
        _ = library.plug(nameless)
        let bus = try await bus()
        let devices = try await bus.devices()
        #expect(devices.map(\.fault) == [.malformed, .malformed])
        #expect(devices.flatMap(\.interfaces).isEmpty)
        #expect(devices[1].vendor.rawValue == 0)
        await end(bus)
    }

    @Test func listsADeviceWhoseTextsFail() async throws {
        var device = FakeLibUSB.Device.reader(port: 1)
        device.texts[3] = nil
        _ = library.plug(device)
        let bus = try await bus()
        #expect(try await bus.devices().map(\.fault) == [.stalled])
        await end(bus)
    }

    @Test func doesNotOpenHubsAndSmartCardReaders() async throws {
        var hub = FakeLibUSB.Device.reader(port: 1)
        hub.descriptor[4] = USBInterfaceClass.hubClass
        _ = library.plug(hub)
        _ = library.plug(.reader(port: 2, classCode: USBInterfaceClass.smartCardClass))
        let bus = try await bus()
        #expect(try await bus.devices().count == 2)
        #expect(!library.change { $0.log }.contains("open"))
        await end(bus)
    }

    @Test func tellsOfArrivalsAndDeparturesToEveryConsumer() async throws {
        let first = library.plug(.reader(port: 1))
        let bus = try await bus()
        var one = bus.events().makeAsyncIterator()
        var other = bus.events().makeAsyncIterator()
        guard case .arrived(let device) = await one.next() else { throw DeviceError(.notFound, "no arrival") }
        #expect(device.id.path.description == "1-1")
        library.unplug(first)
        #expect(await one.next() == .left(device))
        _ = library.plug(.reader(port: 3))
        #expect(await one.next()?.device.id.path.description == "1-3")
        // This one was not asking: what came and went meanwhile is nothing to it.
        #expect(await other.next()?.device.id.path.description == "1-3")
        await end(bus)
        #expect(await one.next() == nil)
        #expect(await other.next() == nil)
    }

    @Test func endsTheEventsWithTheTaskOfTheirConsumer() async throws {
        let bus = try await bus()
        let task = Task {
            for await _ in bus.events() {}
            return true
        }
        task.cancel()
        #expect(await task.value)
        await end(bus)
    }

    @Test(arguments: [
        (LibUSBCode.other, LibUSBCode.success, DeviceError.Code.unsupported), (.access, .success, .accessDenied),
        (.success, .notSupported, .unsupported),
    ])
    func saysWhyThereIsNoBus(starting: LibUSBCode, watching: LibUSBCode, expected: DeviceError.Code) async {
        library.change { world in
            world.starting = starting
            world.watching = watching
        }
        #expect(await code { _ = try await bus() } == expected)
        #expect(library.change { $0.log.contains("end") } == (starting == .success))
    }

    @Test func letsGoOfAStartThatHangsAndEndsItLater() async {
        library.change { $0.hanging = [.start] }
        var limits = LibUSBLimits()
        limits.start = .milliseconds(5)
        #expect(await code { _ = try await bus(limits) } == .timeout)
        library.change { $0.hanging = [] }
        await library.until { $0.isEnded }
        #expect(library.change { $0.misuses }.isEmpty)
    }

    @Test func refusesEverythingAfterItsEnd() async throws {
        _ = library.plug(.reader(port: 1))
        let bus = try await bus()
        let info = try #require(try await bus.devices().first)
        await end(bus)
        #expect(await code { _ = try await bus.devices() } == .cancelled)
        #expect(await code { try await bus.withDevice(info.id) { _ in } } == .cancelled)
        var events = bus.events().makeAsyncIterator()
        #expect(await events.next() == nil)
        #expect(await bus.shutdown())
        #expect(library.change { $0.misuses }.isEmpty)
    }

    @Test func runsUntilItsTaskIsCancelled() async throws {
        let bus = try await bus()
        let task = Task { await bus.run() }
        task.cancel()
        await task.value
        #expect(library.change { $0.isEnded })
        #expect(library.change { $0.misuses }.isEmpty)
    }

    @Test func endsWhenNobodyHoldsIt() async throws {
        _ = library.plug(.reader(port: 1))
        var bus: LibUSBBus? = try await bus()
        #expect(try await bus?.devices().count == 1)
        bus = nil
        await library.until { $0.isEnded }
        #expect(library.change { $0.misuses }.isEmpty)
    }

    @Test func endsTransfersAndWaitsForBodiesWhenItEnds() async throws {
        _ = library.plug(.reader(port: 1))
        let bus = try await bus()
        let info = try #require(try await bus.devices().first)
        let input = EndpointAddress.of(0x81)
        let reading = Task {
            await code {
                try await bus.withDevice(info.id) { connection in
                    try await connection.withInterface(info.interfaces[0]) {
                        _ = try await connection.read(from: input, countMax: 64, timeout: .seconds(3_600))
                    }
                }
            }
        }
        await library.until { !$0.pending.isEmpty }
        await end(bus)
        #expect(await reading.value == .cancelled)
        #expect(library.change { $0.handles }.isEmpty)
    }

    @Test func doesNotWaitWithoutBoundForACloseThatHangs() async throws {
        _ = library.plug(.reader(port: 1))
        var limits = LibUSBLimits()
        limits.close = .milliseconds(5)
        limits.shutdown = .milliseconds(5)
        let bus = try await bus(limits)
        let info = try #require(try await bus.devices().first)
        library.change { $0.hanging = [.close] }
        try await bus.withDevice(info.id) { _ in }
        #expect(await bus.shutdown() == false)
        #expect(!library.change { $0.isEnded })
        library.change { $0.hanging = [] }
        await library.until { $0.isEnded }
        #expect(library.change { $0.misuses }.isEmpty)
    }
}
