public import SmartCard

/// A reader as it stands at one moment.
public struct ReaderListing: Sendable, Hashable {
    /// What is on the reader.
    public enum Presence: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case empty
        /// A card that answers to reset.
        case card
        /// A card that does not answer to reset.
        case mute
        /// The driver reports errors, so that nobody knows.
        case unknown
    }

    /// The reader's name.
    public var name: ReaderName

    /// What is on the reader.
    public var presence: Presence

    /// The card's answer to reset; nil without card, and if it cannot be parsed.
    public var answerToReset: AnswerToReset?

    /// Makes a listing.
    ///
    /// - Parameters:
    ///   - name: The reader's name.
    ///   - presence: What is on the reader.
    ///   - answerToReset: The card's answer to reset, if any.
    public init(name: ReaderName, presence: Presence, answerToReset: AnswerToReset? = nil) {
        self.name = name
        self.presence = presence
        self.answerToReset = answerToReset
    }
}

extension ReaderListing {
    /// Takes what a wait said of a reader.
    init(_ watched: PCSCWatchedReader) {
        var reader = SupervisedReader(name: ReaderName(watched.name))
        _ = reader.apply(watched.event, answerToReset: watched.answerToReset)
        self.init(reader)
    }

    /// Takes what supervision knows of a reader.
    init(_ reader: SupervisedReader) {
        let presence: Presence =
            switch reader.card {
            case .present: .card
            case .mute: .mute
            case .absent: .empty
            case .unseen, .unknown: .unknown
            }
        self.init(
            name: reader.name,
            presence: presence,
            answerToReset: try? AnswerToReset(bytes: reader.answerToReset)
        )
    }
}
