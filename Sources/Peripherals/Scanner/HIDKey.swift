/// What one press of a key gives.
public enum HIDKey: Hashable, Sendable {
    /// A character, ASCII; Enter gives CR, Tab gives HT.
    case character(UInt8)
    /// A press that stands for no character, or presses that the keyboard lost.
    case lost
}

extension HIDKey: PersonalContent {
    /// The kind of the key.
    public var redacted: String { self == .lost ? "lost key" : "key" }
}
