public import DeviceIO
public import USBDevice

/// The USB devices of this machine, over libusb-1.0.
///
/// One thread handles the events of all transfers. Calls that may block are made on threads of their own, so that no wait here
/// is without bound: one that passes its limit lets its caller go and is cleaned up whenever it comes back.
public final class LibUSBBus: USBBus {
    private let core: BusCore
    private let thread: JoinedThread

    private init(core: BusCore, thread: JoinedThread) {
        self.core = core
        self.thread = thread
    }

    deinit { core.stop() }

    /// Starts libusb and lists the devices.
    ///
    /// - Returns: The bus, which lasts until ``shutdown()``.
    /// - Throws: ``DeviceError`` with `device.unsupported` when this machine has no USB or does not tell of its changes.
    public static func open() async throws(DeviceError) -> LibUSBBus {
        try await open(library: LibUSB(), limits: LibUSBLimits())
    }

    static func open(library: any LibUSBLibrary, limits: LibUSBLimits) async throws(DeviceError) -> LibUSBBus {
        typealias Started = Result<(core: BusCore, watch: LibUSBWatch), LibUSBCode>
        let attempt = "starting libusb"
        let started = await Lane("onecard.usb.start").run(
            limit: limits.start,
            late: { (started: Started) in
                if case .success((let core, let watch)) = started { core.abandon(watch: watch) }
            },
            { () -> Started in
                let (returned, context) = library.start()
                guard returned == .success else { return .failure(returned) }
                let core = BusCore(library: library, context: context, limits: limits)
                let (watching, watch) = library.watch(context) { core.handle($0) }
                guard watching == .success else {
                    library.end(context, nil)
                    return .failure(watching)
                }
                return .success((core, watch))
            }
        )
        guard let started else { throw DeviceError(.timeout, attempt) }
        switch started {
        case .failure(let returned):
            throw DeviceError(returned, at: .start, attempt)
        case .success((let core, let watch)):
            guard let thread = JoinedThread({ core.serve(watch: watch) }) else {
                core.abandon(watch: watch)
                throw DeviceError(.unsupported, "\(attempt): the system has no thread to give")
            }
            await core.surveyed()
            return LibUSBBus(core: core, thread: thread)
        }
    }

    /// The changes from now on, after one arrival for each device that is there; each call gives a stream of its own.
    ///
    /// - Returns: The stream, for one consumer; it ends with the bus or with the consumer's task.
    public func events() -> AsyncStream<USBEvent> { core.events() }

    /// The devices as they stand now, in the order of their port paths.
    ///
    /// - Returns: The devices; none is an empty list.
    /// - Throws: ``DeviceError`` with `device.cancelled` after ``shutdown()``.
    public func devices() async throws(DeviceError) -> [USBDeviceInfo] { try core.devices() }

    /// Opens a device, lends it to `body`, and closes it when `body` ends in whatever way.
    ///
    /// - Parameters:
    ///   - id: The device.
    ///   - body: What is done with the device.
    /// - Returns: What `body` returns.
    /// - Throws: ``DeviceError`` when the device is gone or cannot be opened, or the error of `body`.
    public func withDevice<Result>(
        _ id: USBDeviceID,
        _ body: (any USBConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await core.open(id)
        let result: Result
        do {
            result = try await body(connection)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
        return result
    }

    /// Keeps the bus until the task is cancelled or ``shutdown()`` is called, then ends it.
    public func run() async {
        await withTaskCancellationHandler {
            await thread.end()
        } onCancel: {
            core.stop()
        }
        await shutdown()
    }

    /// Ends the bus: transfers end with `device.cancelled`, events end, nothing new begins.
    ///
    /// It waits for the bodies of ``withDevice(_:_:)`` that are under way, at most 3 s.
    ///
    /// - Returns: Whether everything was closed in that time; what was not stays behind until it comes back.
    @discardableResult
    public func shutdown() async -> Bool {
        core.stop()
        return await thread.join(within: core.limits.shutdown)
    }
}
