package import Benefits
import HubProtocol
package import SmartCard

/// The life of one service point as a value: what it shows, what it waits for, what it wants done.
///
/// It holds no clock, no randomness and no digits of a PIN. A screen with personal data is shown only after the journal
/// has told that the rows about it are on the disk; a screen without is shown at once.
package struct SessionMachine: Sendable {
    /// Where the service point stands.
    package enum Phase: Sendable, Equatable {
        case idle
        case reading
        case greeting
        case confirmPIN(triesLeft: Int?, wasWrong: Bool)
        case pinPad(entered: Int, wasWrong: Bool)
        /// The PIN is entered and the tapped card is away: the digits wait for it.
        case layCard
        case checkingPIN
        case benefits
        case history(ProgrammeCode)
        case rating
        case thanks
        case failure(code: String)
        case takeCard
        /// The rows that must stand before `next` is shown are on their way to the disk; `shown` still stands.
        indirect case recording(batch: UInt64, next: Phase, shown: Phase)
    }

    /// Whether staff was called.
    package enum Help: Sendable, Equatable {
        case notCalled
        /// The row about it is on its way to the disk.
        case asked(batch: UInt64)
        case called
    }

    /// The person being served.
    package struct Session: Sendable {
        var identifier: String
        var reader: ReaderName
        var interface: CardInterface
        var assessment: CardAssessment?
        var level: AssuranceLevel = .l0
        var cardThere = true
    }

    /// The service point's identifier, for the journal.
    package let servicePoint: String
    /// How long things stand.
    package let limits: SessionLimits

    package internal(set) var phase: Phase = .idle
    package internal(set) var session: Session?
    package internal(set) var outOfService: String?
    /// Cards that lie on readers of this service point.
    package internal(set) var presentCards: [ReaderName: CardInterface] = [:]
    package internal(set) var pageIsOpen = false
    package internal(set) var help = Help.notCalled
    /// The reader of the session before.
    var lastReader: ReaderName?
    var timer: UInt64 = 0
    var batch: UInt64 = 0

    package init(servicePoint: String, limits: SessionLimits = SessionLimits()) {
        self.servicePoint = servicePoint
        self.limits = limits
    }

    /// Takes in one event and tells what is to be done, in order.
    package mutating func handle(_ event: SessionEvent) -> [SessionAction] {
        switch event {
        case .cardInserted(let reader, let interface, let identifier):
            inserted(reader, interface, identifier)
        case .cardRemoved(let reader):
            removed(reader)
        case .cardMute(let reader):
            mute(reader)
        case .presenceUnknown(let reader, let code):
            presenceUnknown(reader, code)
        case .readiness(let code):
            readiness(code)
        case .cardAssessed(let identifier, let assessment):
            assessed(identifier, assessment)
        case .cardUnreadable(let identifier, let code):
            unreadable(identifier, code)
        case .pinEdited, .pinEntered, .pinCancelled, .pinChecked, .pinUnchecked:
            handlePIN(event)
        case .input(let input):
            handleInput(input)
        case .pageOpened:
            opened()
        case .pageLost:
            lost()
        case .recorded(let identifier):
            recorded(identifier)
        case .recordFailed(let identifier, let code):
            recordFailed(identifier, code)
        case .timerFired(let identifier):
            fired(identifier)
        }
    }

    // MARK: - Cards

    private mutating func inserted(
        _ reader: ReaderName,
        _ interface: CardInterface,
        _ identifier: String
    ) -> [SessionAction] {
        presentCards[reader] = interface
        guard pageIsOpen, outOfService == nil else { return [] }
        guard let current = session, current.reader == reader else {
            return session == nil ? begin(reader, interface, identifier) : []
        }
        guard interface == .contactless else { return end(reason: "new-card") + begin(reader, interface, identifier) }
        if isAtPIN {
            session?.cardThere = true
            return phase == .layCard ? attemptPIN() : []
        }
        return end(reason: "new-card") + begin(reader, interface, identifier)
    }

    /// Begins a session: the row about the card is written while it is read.
    private mutating func begin(
        _ reader: ReaderName,
        _ interface: CardInterface,
        _ identifier: String
    ) -> [SessionAction] {
        session = Session(identifier: identifier, reader: reader, interface: interface)
        help = .notCalled
        phase = .reading
        let row = event(.cardInserted, ["interface": .string(interface.rawValue)])
        return [.readCard(reader, session: identifier), .show, record([row]), startTimer(limits.readingSeconds)]
    }

    private mutating func removed(_ reader: ReaderName) -> [SessionAction] {
        presentCards[reader] = nil
        guard var current = session, current.reader == reader else {
            return leaveTakeCard()
        }
        current.cardThere = false
        session = current
        if current.interface == .contactless {
            return phase == .reading ? [] : leaveTakeCard()
        }
        let row = event(.cardRemoved)
        guard isWithTheCard else { return end(reason: "card-removed", before: [row]) }
        let code = SmartCardError.Code.cardRemoved.rawValue
        let rejected = event(.cardRejected, ["code": .string(code)])
        return end(reason: "card-removed", before: [rejected, row], failure: code)
    }

    /// Whether the card is being read or asked, so that taking it out broke something off that the person waits for.
    private var isWithTheCard: Bool {
        switch shownPhase {
        case .reading, .checkingPIN: true
        default: false
        }
    }

    /// The page that asked to take the card has nothing left to ask for.
    private mutating func leaveTakeCard() -> [SessionAction] {
        guard session == nil, presentCards.isEmpty else { return [] }
        switch phase {
        case .takeCard:
            rest()
            return [.stopTimer, .show]
        case .failure:
            return [.show]
        default:
            return []
        }
    }

    private mutating func mute(_ reader: ReaderName) -> [SessionAction] {
        guard pageIsOpen, session == nil || session?.reader == reader else { return [] }
        presentCards[reader] = presentCards[reader] ?? .contact
        let row = event(.cardRejected, ["code": .string(SmartCardError.Code.cardMute.rawValue)])
        return end(reason: "card-mute", before: [row], failure: SmartCardError.Code.cardMute.rawValue)
    }

    private mutating func presenceUnknown(_ reader: ReaderName, _ code: String) -> [SessionAction] {
        presentCards[reader] = nil
        guard session?.reader == reader else { return explainRemoval(reader, code) }
        return end(reason: "presence-unknown", failure: code)
    }

    /// A reader that is pulled out takes its card with it: what was told as a removed card gets its real reason.
    private mutating func explainRemoval(_ reader: ReaderName, _ code: String) -> [SessionAction] {
        guard phase == .failure(code: SmartCardError.Code.cardRemoved.rawValue), lastReader == reader else {
            return leaveTakeCard()
        }
        phase = .failure(code: code)
        return [.show]
    }

    private mutating func readiness(_ code: String?) -> [SessionAction] {
        guard code != outOfService else { return [] }
        outOfService = code
        guard session == nil, phase == .idle else { return [] }
        // A card that was laid there meanwhile must be taken and given again, since nobody read it.
        if code == nil, pageIsOpen { rest() }
        return [.show]
    }

    // MARK: - Reading

    private mutating func assessed(_ identifier: String, _ assessment: CardAssessment) -> [SessionAction] {
        guard session?.identifier == identifier, phase == .reading else { return [] }
        session?.assessment = assessment
        var rows = [event(.cardRead, readAttributes(assessment))]
        if let refusal = assessment.decision.refusal {
            rows.append(event(.identityRejected, assessment.decision.rowAttributes))
            return end(reason: "refused", before: rows, failure: refusal.rawValue)
        }
        session?.level = assessment.decision.level
        rows.append(event(.identityVerified, assessment.decision.rowAttributes))
        if assessment.statement != nil { rows.append(event(.ledgerQueried, ["scope": .string("summary")])) }
        return recordThenShow(rows, .greeting)
    }

    private mutating func unreadable(_ identifier: String, _ code: String) -> [SessionAction] {
        guard session?.identifier == identifier, phase == .reading else { return [] }
        let row = event(.cardRejected, ["code": .string(code)])
        return end(reason: "unreadable", before: [row], failure: code)
    }

    // MARK: - Page

    private mutating func opened() -> [SessionAction] {
        let wasServing = session != nil
        let actions = wasServing ? end(reason: "page-superseded") : []
        pageIsOpen = true
        if phase == .idle { rest() }
        help = .notCalled
        return actions + [.show]
    }

    private mutating func lost() -> [SessionAction] {
        pageIsOpen = false
        guard session != nil else {
            phase = .idle
            help = .notCalled
            return [.stopTimer]
        }
        return end(reason: "page-lost")
    }
}
