public import SmartCard

/// An error about the content of a social-security card, or about its PIN; the transport's errors are
/// ``SmartCardError``.
///
/// Tests and callers compare ``code`` alone. The message names the command and the status word, never what a card
/// holds.
public struct SocialCardError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public var code: Code

    /// What was attempted, without card data.
    public var message: String

    /// The PIN tries that are left, if the failure is about them and they are known.
    public var triesLeft: Int?

    /// The lower error, if one caused this.
    public var cause: (any Error)?

    /// Where it was thrown.
    public var location: SourceLocation

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What was attempted, without card data.
    ///   - triesLeft: The PIN tries that are left, if the failure is about them and they are known.
    ///   - cause: The lower error, if one caused this.
    ///   - fileID: Filled in by the compiler.
    ///   - line: Filled in by the compiler.
    public init(
        _ code: Code,
        _ message: String,
        triesLeft: Int? = nil,
        cause: (any Error)? = nil,
        fileID: String = #fileID,
        line: Int = #line
    ) {
        self.code = code
        self.message = message
        self.triesLeft = triesLeft
        self.cause = cause
        self.location = SourceLocation(fileID: fileID, line: line)
    }

    /// Code, message and cause on one line.
    public var description: String {
        guard let cause else { return "\(code): \(message)" }
        return "\(code): \(message) (caused by \(cause))"
    }
}
