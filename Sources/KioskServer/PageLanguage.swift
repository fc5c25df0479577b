/// A language of the kiosk page.
///
/// A session begins in Chinese and goes back to it.
package enum PageLanguage: String, Sendable, CaseIterable {
    /// Simplified Chinese.
    case chinese = "zh-Hans"
    /// English.
    case english = "en"

    /// The language that the button offers.
    package var other: PageLanguage {
        switch self {
        case .chinese: .english
        case .english: .chinese
        }
    }
}
