import DeviceIO
import DeviceProfiles
public import USBDevice

/// Opens devices as byte channels, whatever they are plugged into.
public struct DeviceOpener: Sendable {
    private let bus: (any USBBus)?
    private let paths: any DevicePaths
    let clock: any Clock<Duration>

    /// Makes an opener.
    ///
    /// - Parameters:
    ///   - bus: The USB bus; nil on a machine without one.
    ///   - paths: Serial lines and device files.
    ///   - clock: A clock that is never set.
    public init(bus: (any USBBus)?, paths: any DevicePaths, clock: any Clock<Duration>) {
        self.bus = bus
        self.paths = paths
        self.clock = clock
    }

    /// The lines to one device.
    struct Lines: Sendable {
        /// The line, or the one that carries the head of frames.
        var main: any ByteChannel
        /// The line that carries the rest of frames; nil when there is one line.
        var body: (any ByteChannel)?
    }

    /// Opens a device, lends its lines to `body`, and closes it.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - chunkSize: Bytes of one transfer to a USB device; nil for its packet size.
    ///   - body: What is done with the device.
    /// - Returns: What `body` returns.
    /// - Throws: ``DeviceError``, or the error of `body`.
    func withLines<Result>(
        to device: StationDevice,
        chunkSize: Int? = nil,
        _ body: (Lines) async throws -> Result
    ) async throws -> Result {
        switch (device.address, device.profile.connection) {
        case (.serial(let path), .serial(_, let baud)):
            return try await paths.withOpen(path, baud: baud) { try await body(Lines(main: $0)) }
        case (.file(let path), .deviceFile):
            return try await paths.withOpen(path, baud: nil) { try await body(Lines(main: $0)) }
        case (.usb, .usb(_, let endpoints)):
            return try await withUSB(device, endpoints, chunkSize, body)
        default:
            throw DeviceError(.unsupported, "profile \(device.profile.id) does not fit \(device.address)")
        }
    }

    private func withUSB<Result>(
        _ device: StationDevice,
        _ endpoints: USBEndpoints,
        _ chunkSize: Int?,
        _ body: (Lines) async throws -> Result
    ) async throws -> Result {
        guard let bus, let usb = device.usb else {
            throw DeviceError(.notFound, "no device is plugged in at \(device.address)")
        }
        return try await bus.withDevice(usb.id) { connection in
            let wanted = USBInterfaceMatch(number: device.usbInterface)
            guard let interface = connection.device.interface(matching: wanted) else {
                throw DeviceError(.unsupported, "the device at \(device.address) has no such interface")
            }
            return try await connection.withInterface(interface) {
                let isSplit = device.profile.settings.isSplit
                return try await body(lines(connection, interface, endpoints, chunkSize, isSplit: isSplit))
            }
        }
    }

    private func lines(
        _ connection: any USBConnection,
        _ interface: USBInterface,
        _ endpoints: USBEndpoints,
        _ chunkSize: Int?,
        isSplit: Bool
    ) throws(DeviceError) -> Lines {
        let settings = USBPipeSettings(chunkSize: chunkSize)
        let start = Instant(clock)
        func pipe(_ choice: USBPipeEndpoints.Choice) throws(DeviceError) -> USBPipe {
            USBPipe(
                connection: connection,
                endpoints: try USBPipeEndpoints(choice, of: interface),
                settings: settings,
                now: { start.elapsed }
            )
        }
        func address(_ value: UInt8) -> EndpointAddress? { EndpointAddress(rawValue: value) }
        switch endpoints {
        case .find where isSplit:
            return try splitLines(of: interface, pipe)
        case .find:
            return Lines(main: try pipe(.first(nil)))
        case .pair(let output, let input):
            return Lines(main: try pipe(.addresses(out: address(output), in: address(input))))
        case .input(let input):
            return Lines(main: try pipe(.addresses(out: nil, in: address(input))))
        case .split(let headOutput, let bodyOutput, let headInput, let bodyInput):
            return Lines(
                main: try pipe(.addresses(out: address(headOutput), in: address(headInput))),
                body: try pipe(.addresses(out: address(bodyOutput), in: address(bodyInput)))
            )
        }
    }
}

extension DeviceOpener {
    /// The first two endpoints of each direction, in the order of the descriptors: heads first.
    private func splitLines(
        of interface: USBInterface,
        _ pipe: (USBPipeEndpoints.Choice) throws(DeviceError) -> USBPipe
    ) throws(DeviceError) -> Lines {
        func addresses(_ direction: USBDirection) -> [EndpointAddress] {
            interface.endpoints.filter { $0.kind == .bulk || $0.kind == .interrupt }.map(\.address)
                .filter { $0.direction == direction }
        }
        let (outputs, inputs) = (addresses(.out), addresses(.in))
        guard outputs.count >= 2, inputs.count >= 2 else {
            throw DeviceError(.unsupported, "interface \(interface.number) has no two endpoints of each direction")
        }
        return Lines(
            main: try pipe(.addresses(out: outputs[0], in: inputs[0])),
            body: try pipe(.addresses(out: outputs[1], in: inputs[1]))
        )
    }
}

extension DeviceSettings {
    /// Whether heads and bodies of frames travel on pipes of their own.
    fileprivate var isSplit: Bool {
        guard case .samV(let settings) = self else { return false }
        return settings.mode == .splitPipes
    }
}

/// A moment on a clock, from which the time is counted.
private struct Instant: Sendable {
    private let sinceStart: @Sendable () -> Duration

    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        sinceStart = { start.duration(to: clock.now) }
    }

    var elapsed: Duration { sinceStart() }
}
