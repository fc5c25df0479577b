public import DeviceDrivers
public import DeviceIO

/// The device files of this machine.
public struct DeviceFilePaths: DevicePaths {
    /// Makes the port.
    public init() {}

    /// Opens a device file for a body.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - baud: Speed of a serial line; nil for a file that is no line.
    ///   - body: What is done with the device.
    /// - Returns: What the body returns.
    /// - Throws: `DeviceError`: `device.unsupported` for a speed that no device of a station uses.
    public func withOpen<Result>(
        _ path: String,
        baud: Int?,
        _ body: (any ByteChannel) async throws -> Result
    ) async throws -> Result {
        var line: SerialLine?
        if let baud {
            guard let speed = SerialLine.Speed(rawValue: baud) else {
                throw DeviceError(.unsupported, "a serial line does not run at \(baud) baud")
            }
            line = SerialLine(speed: speed)
        }
        return try await DeviceFile.withOpen(path, line: line) { try await body($0) }
    }
}
