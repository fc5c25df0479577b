public import VirtualCard

/// A named synthetic person with a card: what is written on the card, what the town knows, and what a kiosk should
/// show.
public struct Persona: Sendable {
    /// Name of the file without its ending; how commands call the persona.
    public var name: String
    /// What is special, in simplified Chinese.
    public var titleChinese: String
    /// What is special, in English.
    public var titleEnglish: String
    /// The card.
    public var card: CardImage
    /// Faults that belong to the card, such as being torn out.
    public var faults: FaultPlan
    /// What the town's ledger holds.
    public var ledger: PersonaLedger
    /// What the journey with the right PIN ends with.
    public var expectation: PersonaExpectation
}

extension Persona: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name of the persona, which is no name of a person.
    public var description: String { "Persona(\(name))" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What the town's ledger holds for a persona.
public enum PersonaLedger: Sendable {
    /// Nobody of this number.
    case nobody
    /// The person is described by another persona, e.g. the owner of a cloned card.
    case sameAs(String)
    /// The person, with cards and entitlements.
    case resident(LedgerEntry)
}

/// What a journey with a persona ends with.
public struct PersonaExpectation: Hashable, Sendable {
    /// The screen that a journey ends on.
    public enum Screen: String, Hashable, Sendable, CaseIterable {
        /// Which benefits, no amounts (L1).
        case greeting
        /// The benefits with amounts (L2).
        case benefits
        /// Plain words and a code.
        case failure
    }

    /// What a journey ends with when a security module answers for the card.
    public struct Authenticated: Hashable, Sendable {
        /// The screen that the journey ends on.
        public var screen: Screen
        /// Failure code, when the screen is a failure.
        public var code: String?
        /// Programmes that the statement shows as entitled, in the order of the eight.
        public var programmes: [String]
    }

    /// The screen that a journey with the right PIN ends on.
    public var screen: Screen
    /// Failure code, when the screen is a failure.
    public var code: String?
    /// Warnings of the card reader.
    public var warnings: [String]
    /// Programmes that the statement shows as entitled, in the order of the eight.
    public var programmes: [String]
    /// What is different at a station with the right security module; nil if nothing is.
    public var authenticated: Authenticated?
}
