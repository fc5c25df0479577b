package import Benefits
import HubProtocol
package import SmartCard

/// What can happen to a service point.
package enum SessionEvent: Sendable {
    /// A card came into a field or slot. The session identifier is for the session that this may begin.
    case cardInserted(ReaderName, CardInterface, session: String)
    /// It went.
    case cardRemoved(ReaderName)
    /// The card gives no answer to reset.
    case cardMute(ReaderName)
    /// Nobody can say any more whether a card is there: reader or service lost.
    case presenceUnknown(ReaderName, code: String)
    /// Whether a card could be served at all; a failure code if not.
    case readiness(code: String?)
    /// The reading of the session's card ended well, its owner may be refused.
    case cardAssessed(session: String, CardAssessment)
    /// The reading failed.
    case cardUnreadable(session: String, code: String)
    /// A digit was added or taken away.
    case pinEdited(count: Int)
    /// The person pressed the enter key.
    case pinEntered
    /// The person pressed the cancel key.
    case pinCancelled
    /// What the card said to the PIN; the keys are of the person and the card that were asked.
    case pinChecked(session: String, CardKeys, PINOutcome)
    /// No answer, another card, or a refusal of the command.
    case pinUnchecked(session: String, code: String)
    /// Any other thing that the person did.
    case input(KioskInput)
    /// A page became the live one; the one before is blank.
    case pageOpened
    /// The live page is gone.
    case pageLost
    /// The journal has the rows of that batch on the disk.
    case recorded(batch: UInt64)
    /// The journal could not write.
    case recordFailed(batch: UInt64, code: String)
    /// A timer that was started ran out.
    case timerFired(id: UInt64)
}

/// What the machine wants done, in this order.
package enum SessionAction: Sendable, Equatable {
    /// Publish the present screen.
    case show
    /// Append to the journal; answer with `recorded` or `recordFailed`.
    case record(batch: UInt64, [StationEvent])
    /// Read and assess the card; answer with `cardAssessed` or `cardUnreadable`.
    case readCard(ReaderName, session: String)
    /// Send the entered PIN to the card of these keys; answer with `pinChecked` or `pinUnchecked`. The digits leave the
    /// pad, and are wiped whatever happens.
    case verifyPIN(ReaderName, session: String, CardKeys)
    /// Wipe the entered digits, also those that a card is about to get: a PIN that was not sent yet is not sent.
    case wipePIN
    /// Start the one timer of the service point, instead of any before.
    case startTimer(id: UInt64, seconds: Int)
    /// Stop it.
    case stopTimer
}

/// What is known about a card and its holder once it was read and looked up.
package struct CardAssessment: Sendable {
    /// The identity check's decision at L1.
    package var decision: IdentityDecision
    /// First character and `*`.
    package var maskedName: String
    /// The person and the card; nil when the card lacks the numbers.
    package var keys: CardKeys?
    /// What the person gets; nil when refused, or when the policy wants more proof for it.
    package var statement: Statement?
    /// Tries left as the card last told.
    package var triesLeft: Int?
    /// Stable codes of what was odd on the card.
    package var warnings: [String]
    /// Which generation the card is.
    package var generation: Int
    /// Whether the policy lets a PIN open programmes and details on a card whose genuineness was not proved.
    package var detailsAllowed: Bool

    package init(
        decision: IdentityDecision,
        maskedName: String,
        keys: CardKeys?,
        statement: Statement?,
        triesLeft: Int?,
        warnings: [String],
        generation: Int,
        detailsAllowed: Bool
    ) {
        self.decision = decision
        self.maskedName = maskedName
        self.keys = keys
        self.statement = statement
        self.triesLeft = triesLeft
        self.warnings = warnings
        self.generation = generation
        self.detailsAllowed = detailsAllowed
    }
}

/// What a card said to a PIN.
package enum PINOutcome: Sendable {
    /// Accepted; the decision and the statement were made anew, since ledger and clock may have moved on.
    case accepted(CardAssessment)
    /// Refused, with the tries that are left, if the card told.
    case wrong(triesLeft: Int?)
    /// No try is left.
    case blocked

    /// The row that says so.
    package func row(servicePoint: String, session: String, keys: CardKeys) -> StationEvent {
        var row = StationEvent(
            .pinVerified,
            servicePoint: servicePoint,
            session: session,
            residentKey: keys.resident,
            cardKey: keys.card
        )
        switch self {
        case .accepted: break
        case .wrong(let triesLeft):
            row.kind = .pinFailed
            if let triesLeft { row.attributes["triesLeft"] = .integer(Int64(triesLeft)) }
        case .blocked: row.kind = .pinLocked
        }
        return row
    }
}
