public import DeviceIO

/// A device that is open, lent to the body of ``USBBus/withDevice(_:_:)`` and valid only inside it.
///
/// Endpoints can be used inside ``withInterface(_:_:)`` of their interface. Every wait has its limit; a transfer ends early,
/// with `device.cancelled`, when its task is cancelled, and with `device.unplugged` when the device is.
public protocol USBConnection: Sendable {
    /// The device, as it was when it was opened.
    var device: USBDeviceInfo { get }

    /// Claims an interface for this connection alone, takes it away from a driver of the kernel if need be, and gives both
    /// back when `body` ends in whatever way.
    ///
    /// - Parameters:
    ///   - interface: The interface in the setting that is wanted.
    ///   - body: What is done with the interface.
    /// - Returns: What `body` returns.
    /// - Throws: ``DeviceError`` when it cannot be claimed, `device.busy` when another program has it; or the error of
    ///   `body`.
    func withInterface<Result>(_ interface: USBInterface, _ body: () async throws -> Result) async throws -> Result

    /// Makes a control transfer that brings data.
    ///
    /// - Parameters:
    ///   - request: The set-up, whose direction must be `in`.
    ///   - countMax: The most bytes to take, 0 to ``USBControlRequest/dataMax``.
    ///   - timeout: How long it may take.
    /// - Returns: What the device sent, which may be shorter.
    /// - Throws: ``DeviceError``; `device.stalled` when the device does not know the request.
    func controlIn(
        _ request: USBControlRequest,
        countMax: Int,
        timeout: Duration
    ) async throws(DeviceError) -> [UInt8]

    /// Makes a control transfer that takes data to the device, or none.
    ///
    /// - Parameters:
    ///   - request: The set-up, whose direction must be `out`.
    ///   - bytes: The data, 0 to ``USBControlRequest/dataMax`` bytes.
    ///   - timeout: How long it may take.
    /// - Throws: ``DeviceError``; `device.stalled` when the device does not know the request.
    func controlOut(_ request: USBControlRequest, _ bytes: [UInt8], timeout: Duration) async throws(DeviceError)

    /// Reads from a bulk or interrupt endpoint until a packet is not full, or `countMax` is reached.
    ///
    /// - Parameters:
    ///   - endpoint: An endpoint to the host.
    ///   - countMax: The room for data, 1 to ``USBTransferLimits/bytesMax``; when it is no multiple of the packet size, a
    ///     full packet may be too much for it and ends in `device.overflow`.
    ///   - timeout: How long it may take.
    /// - Returns: What came; empty for a packet without data. When the time is up, what came until then, if anything did.
    /// - Throws: ``DeviceError``; `device.timeout` when nothing came, `device.stalled` when the endpoint is halted.
    func read(from endpoint: EndpointAddress, countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8]

    /// Writes to a bulk or interrupt endpoint, in full packets and one that is shorter if something is left.
    ///
    /// - Parameters:
    ///   - bytes: The data, at most ``USBTransferLimits/bytesMax``; none makes one packet without data.
    ///   - endpoint: An endpoint to the device.
    ///   - timeout: How long it may take.
    /// - Throws: ``DeviceError``, whose ``DeviceError/written`` tells what the device had taken.
    func write(_ bytes: [UInt8], to endpoint: EndpointAddress, timeout: Duration) async throws(DeviceError)

    /// Ends the halt of an endpoint after `device.stalled`.
    ///
    /// - Parameter endpoint: The endpoint.
    /// - Throws: ``DeviceError``.
    func clearHalt(_ endpoint: EndpointAddress) async throws(DeviceError)

    /// Resets the device, the last resort: transfers end, claims stay.
    ///
    /// - Throws: ``DeviceError``; `device.unplugged` when the device comes back as another one, which is told as an event.
    func reset() async throws(DeviceError)
}
