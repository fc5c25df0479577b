import Benefits
import CivilIdentity
import SmartCard

@testable import Station

/// Drives a session machine and keeps what it wanted recorded and timed.
struct MachineDriver {
    enum Stop: CaseIterable {
        case reading
        case greeting
        case confirmPIN
        case pinPad
        /// The row about the try is on its way to the disk.
        case attemptingPIN
        case checkingPIN
        case benefits
        case history
        case rating
    }

    var machine = SessionMachine(servicePoint: "kiosk-1")
    var triesLeft: Int?
    private(set) var recorded: [StationEvent] = []
    private(set) var lastBatch: UInt64 = 0
    private(set) var lastTimer: UInt64 = 0
    let keys: CardKeys
    private let statement: Statement

    init() throws {
        let persona = try Persona()
        keys = try some(persona.keys)
        let view = try some(persona.lookup.view)
        statement = Benefits.statement(
            view,
            policy: try testPolicy(),
            today: CivilDate(secondsSince1970: noon),
            now: noon
        )
        send(.pageOpened)
    }

    @discardableResult
    mutating func send(_ event: SessionEvent) -> [SessionAction] {
        let actions = machine.handle(event)
        for action in actions {
            if case .record(let batch, let events) = action {
                recorded += events
                lastBatch = batch
            }
            if case .startTimer(let identifier, _) = action { lastTimer = identifier }
        }
        return actions
    }

    /// The journal has written all that it got.
    @discardableResult
    mutating func confirm() -> [SessionAction] { send(.recorded(batch: lastBatch)) }

    @discardableResult
    mutating func insert() -> [SessionAction] { send(.cardInserted(contactReader, .contact, session: "s1")) }

    /// The card of a session answers to its PIN.
    @discardableResult
    mutating func answer(_ outcome: PINOutcome, session: String = "s1") -> [SessionAction] {
        send(.pinChecked(session: session, keys, outcome))
    }

    func assessment(level: AssuranceLevel) -> CardAssessment {
        CardAssessment(
            decision: IdentityDecision(level: level, authentication: .none, refusal: nil, reasons: []),
            maskedName: "试*",
            keys: keys,
            statement: level == .l2 ? statement : statement.withoutAmounts(),
            triesLeft: triesLeft,
            warnings: [],
            generation: 2,
            detailsAllowed: true
        )
    }

    /// A tapped card is read and a PIN typed.
    mutating func tapAndType() {
        send(.cardInserted(contactlessReader, .contactless, session: "s1"))
        send(.cardAssessed(session: "s1", assessment(level: .l1)))
        confirm()
        send(.input(.usePIN))
        send(.input(.confirmPIN(true)))
        send(.pinEdited(count: 6))
    }

    /// Goes the straight way to a phase.
    mutating func walk(to stop: Stop) {
        insert()
        if stop == .reading { return }
        send(.cardAssessed(session: "s1", assessment(level: .l1)))
        confirm()
        if stop == .greeting { return }
        send(.input(.usePIN))
        if stop == .confirmPIN { return }
        send(.input(.confirmPIN(true)))
        if stop == .pinPad { return }
        send(.pinEdited(count: 6))
        send(.pinEntered)
        if stop == .attemptingPIN { return }
        confirm()
        if stop == .checkingPIN { return }
        answer(.accepted(assessment(level: .l2)))
        confirm()
        if stop == .benefits { return }
        if stop == .rating {
            send(.input(.finish))
            return
        }
        send(.input(.openBenefit(.dibao)))
        confirm()
    }

    /// Lets random things happen.
    mutating func wander(steps: Int, random: RandomSource) {
        var next = 1
        for _ in 0..<steps {
            let current = machine.session?.identifier ?? "none"
            switch random.next() % 18 {
            case 0, 1, 2:
                let isContact = random.next() % 2 == 0
                let reader = isContact ? contactReader : contactlessReader
                send(.cardInserted(reader, isContact ? .contact : .contactless, session: "s\(next)"))
                next += 1
            case 3: send(.cardRemoved(random.next() % 2 == 0 ? contactReader : contactlessReader))
            case 4: send(.cardAssessed(session: current, assessment(level: .l1)))
            case 5: send(.cardUnreadable(session: current, code: "card.removed"))
            case 6, 7: confirm()
            case 8: send(.input(.usePIN))
            case 9: send(.input(.confirmPIN(true)))
            case 10: send(.pinEdited(count: 6))
            case 11: send(.pinEntered)
            case 12: answer(.accepted(assessment(level: .l2)), session: current)
            case 13: answer(.wrong(triesLeft: Int(random.next() % 3)), session: current)
            case 14: send(.timerFired(id: lastTimer))
            case 15: send(.input(.finish))
            case 16: send(random.next() % 2 == 0 ? .pageOpened : .input(.rate(2)))
            default: send(.presenceUnknown(contactReader, code: "reader.unplugged"))
            }
        }
    }
}
