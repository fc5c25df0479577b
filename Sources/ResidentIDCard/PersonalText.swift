/// A text of a document that leads to a person: an address, the number of a permit or of a pass.
///
/// The default descriptions, the reflection and `dump` show nothing of it; ``revealed`` is the one way to the text.
public struct PersonalText: Hashable, Sendable {
    /// The text.
    ///
    /// Personal: never in a log, a message or a file name.
    public let revealed: String

    /// Wraps a text.
    ///
    /// - Parameter revealed: The text.
    public init(_ revealed: String) {
        self.revealed = revealed
    }
}

extension PersonalText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "(redacted)" }
    /// Redacted.
    public var debugDescription: String { description }
    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
