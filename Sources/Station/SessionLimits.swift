/// How long the screens of a session stand, in seconds.
package struct SessionLimits: Sendable, Equatable {
    /// Without a touch, until the session ends; the page warns 15 s before (INV-15).
    package var idleSeconds: Int
    /// Until the reading of a card is given up.
    package var readingSeconds: Int
    /// A failure, before the page goes back by itself.
    package var failureSeconds: Int
    /// The rating, before it is skipped.
    package var ratingSeconds: Int
    /// The last words.
    package var thanksSeconds: Int
    /// A call for help while nobody is served, before the button can be pressed again: the next person may need it.
    package var helpSeconds: Int

    /// - Parameters: defaults are those of DOMAIN.md 4.5 (INV-15: a warning at 30 s, the end at 45 s).
    package init(
        idleSeconds: Int = 45,
        readingSeconds: Int = 30,
        failureSeconds: Int = 20,
        ratingSeconds: Int = 15,
        thanksSeconds: Int = 4,
        helpSeconds: Int = 60
    ) {
        self.idleSeconds = idleSeconds
        self.readingSeconds = readingSeconds
        self.failureSeconds = failureSeconds
        self.ratingSeconds = ratingSeconds
        self.thanksSeconds = thanksSeconds
        self.helpSeconds = helpSeconds
    }
}
