public import DeviceIO

/// The USB devices of a machine: the port through which drivers reach them.
public protocol USBBus: Sendable {
    /// The changes from now on, after one arrival for each device that is there; each call gives a stream of its own.
    ///
    /// A consumer that falls behind is told how things stand: a device that came and went meanwhile is not told, a
    /// departure of a device that it was told of always is, and it comes before the arrival of a successor. The stream ends
    /// with the bus or with the consumer's task.
    ///
    /// - Returns: The stream, for one consumer.
    func events() -> AsyncStream<USBEvent>

    /// The devices as they stand now, in the order of their port paths.
    ///
    /// - Returns: The devices; none is an empty list.
    /// - Throws: ``DeviceError`` when there is no bus to ask.
    func devices() async throws(DeviceError) -> [USBDeviceInfo]

    /// Opens a device, lends it to `body`, and closes it when `body` ends in whatever way.
    ///
    /// Everything that `body` left behind, claims and transfers, ends with it; the connection must not leave it.
    ///
    /// - Parameters:
    ///   - id: The device.
    ///   - body: What is done with the device.
    /// - Returns: What `body` returns.
    /// - Throws: ``DeviceError`` when the device is gone or cannot be opened, or the error of `body`.
    func withDevice<Result>(
        _ id: USBDeviceID,
        _ body: (any USBConnection) async throws -> Result
    ) async throws -> Result
}
