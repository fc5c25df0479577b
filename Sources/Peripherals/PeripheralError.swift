/// An error about a printer, a scanner or a PIN pad; the line's own errors are `DeviceError`.
///
/// Tests and callers compare ``code`` alone. The message says what was attempted, never what was printed, scanned or
/// typed, so that an error may be logged as it is.
public struct PeripheralError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public var code: Code

    /// What was attempted, without data.
    public var message: String

    /// The lower error, if one caused this.
    public var cause: (any Error)?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What was attempted, without data.
    ///   - cause: The lower error, if one caused this.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Code, message and cause on one line.
    public var description: String {
        guard let cause else { return "\(code): \(message)" }
        return "\(code): \(message) (caused by \(cause))"
    }
}
