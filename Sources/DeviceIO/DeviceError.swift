/// An error of a line to a device.
///
/// Tests and callers compare ``code`` alone. The message says what was attempted, never what a device sent, so that an
/// error may be logged as it is.
public struct DeviceError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public var code: Code

    /// What was attempted, without data.
    public var message: String

    /// How many bytes of a write the device had taken before it failed; 0 for everything else.
    public var written: Int

    /// The lower error, if one caused this.
    public var cause: (any Error)?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What was attempted, without data.
    ///   - written: How many bytes of a write the device had taken.
    ///   - cause: The lower error, if one caused this.
    public init(_ code: Code, _ message: String, written: Int = 0, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.written = written
        self.cause = cause
    }

    /// Code, message and cause on one line.
    public var description: String {
        guard let cause else { return "\(code): \(message)" }
        return "\(code): \(message) (caused by \(cause))"
    }
}
