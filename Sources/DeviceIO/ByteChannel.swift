/// A line to a device that takes and gives bytes in order: a serial port, a pair of USB endpoints, a device file.
///
/// The protocols of ID readers, printers, scanners and PIN pads stand on this port alone. A channel has one user at a
/// time; an operation ends early, with `device.cancelled`, when its task is cancelled.
public protocol ByteChannel: Sendable {
    /// Writes all bytes, in as many pieces as the device wants.
    ///
    /// - Parameters:
    ///   - bytes: What to write; nothing happens for no bytes.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``DeviceError``; ``DeviceError/written`` tells how many bytes the device had taken before.
    func write(_ bytes: [UInt8], timeout: Duration) async throws(DeviceError)

    /// Waits for bytes and takes those that have come.
    ///
    /// - Parameters:
    ///   - countMax: The most bytes to take, 1 or more.
    ///   - timeout: How long to wait for the first byte.
    /// - Returns: At least one byte.
    /// - Throws: ``DeviceError``; `device.timeout` when nothing came.
    func read(countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8]

    /// Drops bytes that have come and were not read: the rest of an answer that nobody waits for any more.
    ///
    /// - Throws: ``DeviceError`` when the device is gone.
    func discardInput() async throws(DeviceError)
}
