/// A short text in the two languages of the screens.
public struct BilingualText: Hashable, Sendable {
    /// Simplified Chinese; what the screen shows first.
    public var chinese: String
    /// English.
    public var english: String

    /// Creates from both texts.
    public init(chinese: String, english: String) {
        self.chinese = chinese
        self.english = english
    }
}
