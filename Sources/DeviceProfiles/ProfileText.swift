/// A text in both languages of a station.
public struct ProfileText: Hashable, Sendable {
    /// In Chinese.
    public var chinese: String
    /// In English.
    public var english: String

    /// Makes a text.
    ///
    /// - Parameters:
    ///   - chinese: In Chinese.
    ///   - english: In English.
    public init(chinese: String, english: String) {
        self.chinese = chinese
        self.english = english
    }
}
