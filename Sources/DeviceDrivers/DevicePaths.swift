public import DeviceIO

/// Device files as byte channels: the port through which drivers reach serial lines and printer files.
public protocol DevicePaths: Sendable {
    /// Opens a device file, lends it to `body`, and closes it when `body` ends in whatever way.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - baud: Speed of a serial line; nil for a file that is no line.
    ///   - body: What is done with the device; the channel must not leave it.
    /// - Returns: What `body` returns.
    /// - Throws: ``DeviceError`` when the file cannot be opened, or the error of `body`.
    func withOpen<Result>(
        _ path: String,
        baud: Int?,
        _ body: (any ByteChannel) async throws -> Result
    ) async throws -> Result
}
