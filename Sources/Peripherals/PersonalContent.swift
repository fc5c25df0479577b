/// A value that may hold data of a person: what is printed, scanned or typed.
///
/// Description, reflection and `dump` show ``redacted`` only, so that such a value can stand in a message by mistake.
public protocol PersonalContent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What a log may show: kind and size.
    var redacted: String { get }
}

extension PersonalContent {
    /// Same as ``redacted``.
    public var description: String { redacted }

    /// Same as ``redacted``.
    public var debugDescription: String { redacted }

    /// Has no children, so that `dump` shows ``redacted`` only.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
