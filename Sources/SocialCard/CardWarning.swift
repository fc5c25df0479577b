/// A remark on a card that was read: something is missing or unreadable, and its value is nil.
///
/// The raw value is a stable code of the list of failure codes; a warning never carries data.
public struct CardWarning: RawRepresentable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The stable code, such as `warning.issue-date-unreadable`.
    public let rawValue: String

    /// The warning with this code, or nil if there is none.
    ///
    /// - Parameter rawValue: A stable code.
    public init?(rawValue: String) {
        let warning = CardWarning(code: rawValue)
        guard Self.all.contains(warning) else { return nil }
        self = warning
    }

    private init(code: String) {
        self.rawValue = code
    }

    /// The stable code.
    public var description: String { rawValue }

    /// All warnings, in the order of the list of failure codes.
    public static let all: [CardWarning] =
        [.selectionAnswerUnreadable, .generationUnknown, .regionUnreadable, .holderNeedsAuthentication]
        + CardItem.allCases.map { missing($0) }
        // Most names need no extension, so that an empty one is no remark.
        + CardItem.allCases.filter { $0 != .nameExtension }.map { empty($0) }
        // An extension is unreadable only together with its name; an organisation is any bytes.
        + CardItem.allCases.filter { $0 != .nameExtension && $0 != .initialisationOrganisation }.map { unreadable($0) }
        + [.numberCheckDigit, .numberBirthDate, .numberSequence]

    /// All warnings.
    public static var allCases: [CardWarning] { all }

    /// The answer to the selection of the application is no BER-TLV: the algorithm is taken to be triple DES.
    public static let selectionAnswerUnreadable = CardWarning(code: "warning.selection-answer-unreadable")
    /// The spec version names a generation after the third: the card is treated as one of the third.
    public static let generationUnknown = CardWarning(code: "warning.generation-unknown")
    /// The identification code does not begin with a division.
    public static let regionUnreadable = CardWarning(code: "warning.region-unreadable")
    /// The holder's file of a third-generation card needs external authentication.
    public static let holderNeedsAuthentication = CardWarning(
        code: "warning.generation-3-holder-needs-authentication"
    )
    /// The check digit of the citizen number is wrong.
    public static let numberCheckDigit = CardWarning(code: "warning.number-check-digit")
    /// The citizen number has a birth date that does not exist.
    public static let numberBirthDate = CardWarning(code: "warning.number-birth-date")
    /// The citizen number has a sequence that is not given out.
    public static let numberSequence = CardWarning(code: "warning.number-sequence")

    /// The record is not on the card, or the card does not give it.
    static func missing(_ item: CardItem) -> CardWarning {
        CardWarning(code: "warning.record-missing.\(item.warningName)")
    }

    /// The record is there and holds nothing but filling.
    static func empty(_ item: CardItem) -> CardWarning {
        CardWarning(code: "warning.record-empty.\(item.warningName)")
    }

    /// The record holds something that is no value of its kind.
    static func unreadable(_ item: CardItem) -> CardWarning {
        CardWarning(code: "warning.\(item.warningName)-unreadable")
    }
}
