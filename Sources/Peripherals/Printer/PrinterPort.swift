public import DeviceIO

/// The status that a port has of its own printer, beside the bytes: the port status of the USB printer class
/// (PROTOCOLS.md 7.2).
public protocol PrinterPort: Sendable {
    /// Asks for the port status.
    ///
    /// - Parameter timeout: How long to wait.
    /// - Returns: The byte of `GET_PORT_STATUS`.
    /// - Throws: `DeviceError` when the printer does not answer.
    func portStatus(timeout: Duration) async throws(DeviceError) -> UInt8
}
