import DeviceDrivers
import DeviceFiles
import DeviceIO
import USBDevice
import USBDeviceLibUSB

/// The devices of this machine, as long as a command uses them.
struct Machine {
    /// Opens devices.
    let opener: DeviceOpener
    private let bus: LibUSBBus?

    /// Starts USB for a body and ends it when the body ends.
    ///
    /// A machine without USB still has serial lines.
    static func withDevices<Result>(_ body: (Machine) async throws -> Result) async throws -> Result {
        let bus = try? await LibUSBBus.open()
        let machine = Machine(
            opener: DeviceOpener(bus: bus, paths: DeviceFilePaths(), clock: ContinuousClock()),
            bus: bus
        )
        do {
            let result = try await body(machine)
            await bus?.shutdown()
            return result
        } catch {
            await bus?.shutdown()
            throw error
        }
    }

    /// The devices that are plugged in; none on a machine without USB.
    func plugged() async throws(DeviceError) -> [USBDeviceInfo] {
        guard let bus else { return [] }
        return try await bus.devices()
    }
}
