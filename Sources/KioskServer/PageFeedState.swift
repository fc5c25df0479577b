import Station

/// What one event stream has yet to send, as a value: the newest screen, and whether the stream ends.
///
/// A slow page never gets old screens: a newer one takes the place of one that was not sent yet.
struct PageFeedState: Sendable {
    /// Why a stream ends.
    enum Ending: Sendable, Equatable {
        /// Another page of the service point was opened.
        case superseded
        /// The browser is gone.
        case lost
        /// The server or the session host stops.
        case stopped
    }

    /// What is sent next.
    enum Output: Sendable, Equatable {
        case screen(Presentation, PageLanguage)
        case end(Ending)
    }

    private(set) var latest: Presentation?
    private(set) var language: PageLanguage = .chinese
    private(set) var ending: Ending?
    private var isUnsent = false

    /// Whether the short interval of signs of life holds.
    var isInSession: Bool { latest?.inSession ?? false }

    /// Whether the page stands idle in a language that nobody may be waiting for.
    var isIdleInOtherLanguage: Bool { language != .chinese && latest.map(\.screen).map(Self.isIdle) ?? true }

    /// Takes in the newest presentation.
    ///
    /// The language goes back to Chinese when the page becomes idle.
    mutating func offer(_ presentation: Presentation) {
        if Self.isIdle(presentation.screen), let latest, !Self.isIdle(latest.screen) { language = .chinese }
        latest = presentation
        isUnsent = true
    }

    /// Takes in what the language button says.
    mutating func choose(_ language: PageLanguage) {
        guard language != self.language else { return }
        self.language = language
        isUnsent = latest != nil
    }

    /// Ends the stream; the first reason counts.
    mutating func end(_ ending: Ending) {
        self.ending = self.ending ?? ending
        latest = nil
        isUnsent = false
    }

    /// What is to be sent now, if anything.
    mutating func next() -> Output? {
        if let ending { return .end(ending) }
        guard isUnsent, let latest else { return nil }
        isUnsent = false
        return .screen(latest, language)
    }

    private static func isIdle(_ screen: Screen) -> Bool {
        if case .idle = screen { return true }
        return false
    }
}
