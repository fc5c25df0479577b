/// An error thrown by smart-card operations.
///
/// Tests and callers compare ``code`` alone. The message says what was attempted, never what a card holds, so that an
/// error may be logged as it is.
public struct SmartCardError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public var code: Code

    /// What was attempted, without card data.
    public var message: String

    /// The lower error, if one caused this.
    public var cause: (any Error)?

    /// Where it was thrown.
    public var location: SourceLocation

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What was attempted, without card data.
    ///   - cause: The lower error, if one caused this.
    ///   - fileID: Filled in by the compiler.
    ///   - line: Filled in by the compiler.
    public init(
        _ code: Code,
        _ message: String,
        cause: (any Error)? = nil,
        fileID: String = #fileID,
        line: Int = #line
    ) {
        self.code = code
        self.message = message
        self.cause = cause
        self.location = SourceLocation(fileID: fileID, line: line)
    }

    /// Code, message and cause on one line.
    public var description: String {
        guard let cause else { return "\(code): \(message)" }
        return "\(code): \(message) (caused by \(cause))"
    }
}
