import Benefits
import CivilIdentity
import HubProtocol
import SocialCard

extension SessionMachine {
    mutating func handleInput(_ input: KioskInput) -> [SessionAction] {
        if input == .help { return callHelp() }
        guard session != nil else { return dismiss(input) }
        switch (phase, input) {
        case (_, .finish):
            return finish()
        case (_, .moreTime):
            return isWaitingForPerson ? [startTimer(limits.idleSeconds), .show] : []
        case (.greeting, .usePIN):
            return usePIN()
        case (.confirmPIN(let triesLeft, _), .confirmPIN(let yes)):
            return yes ? confirmed(triesLeft) : enter(.greeting)
        case (.confirmPIN, .back):
            return enter(.greeting)
        case (.layCard, .back):
            return [.wipePIN] + enter(.greeting)
        case (.benefits, .openBenefit(let code)):
            return openHistory(code)
        case (.history, .back):
            return enter(.benefits)
        case (.rating, .rate(let value)):
            return rate(value)
        case (.rating, .skipRating), (.rating, .back):
            return endAfterRating()
        default:
            return []
        }
    }

    mutating func handlePIN(_ event: SessionEvent) -> [SessionAction] {
        switch event {
        case .pinEdited(let count):
            guard case .pinPad = phase else { return [.wipePIN] }
            phase = .pinPad(entered: count, wasWrong: false)
            return [startTimer(limits.idleSeconds), .show]
        case .pinEntered:
            return enterPIN()
        case .pinCancelled:
            guard case .pinPad = phase else { return [.wipePIN] }
            return [.wipePIN] + enter(.greeting)
        case .pinChecked(let identifier, let keys, let outcome):
            return pinChecked(identifier, keys, outcome)
        case .pinUnchecked(let identifier, let code):
            return pinUnchecked(identifier, code)
        default:
            return []
        }
    }

    /// Whether the person is somewhere between asking for details and getting them.
    var isAtPIN: Bool {
        switch shownPhase {
        case .confirmPIN, .pinPad, .layCard, .checkingPIN: true
        default: false
        }
    }

    private var isWaitingForPerson: Bool {
        switch phase {
        case .greeting, .confirmPIN, .pinPad, .layCard, .benefits, .history: true
        default: false
        }
    }

    private mutating func enter(_ next: Phase) -> [SessionAction] {
        phase = next
        return [startTimer(limits.idleSeconds), .show]
    }

    /// Without a session only a failure or the last words can be put away.
    private mutating func dismiss(_ input: KioskInput) -> [SessionAction] {
        guard input == .finish || input == .back else { return [] }
        switch phase {
        case .failure, .thanks:
            rest()
            return [.stopTimer, .show]
        default:
            return []
        }
    }

    private mutating func callHelp() -> [SessionAction] {
        guard help == .notCalled else { return [] }
        let action = record([event(.helpCalled)])
        help = .asked(batch: batch)
        return [action]
    }

    private mutating func finish() -> [SessionAction] {
        switch phase {
        case .rating: return endAfterRating()
        case .reading, .checkingPIN, .recording: return end(reason: "finished")
        default:
            session?.assessment?.statement = nil
            phase = .rating
            return [.wipePIN, startTimer(limits.ratingSeconds), .show]
        }
    }

    private mutating func rate(_ value: Int) -> [SessionAction] {
        guard SessionMachine.ratings.contains(value) else { return [] }
        var row = event(.serviceRated, ["rating": .integer(Int64(value))])
        row.residentKey = nil
        row.cardKey = nil
        row.session = nil
        let ending = endAfterRating()
        return ending + [record([row])]
    }

    /// 1 is bad, 3 is good (S-32).
    ///
    /// A rating is kept without the person.
    package static let ratings = 1...3

    // MARK: - PIN

    private mutating func usePIN() -> [SessionAction] {
        guard let assessment = session?.assessment, assessment.detailsAllowed else { return [] }
        guard let tries = assessment.triesLeft, tries > 1 else {
            return enter(.confirmPIN(triesLeft: assessment.triesLeft, wasWrong: false))
        }
        return showPad()
    }

    private mutating func confirmed(_ triesLeft: Int?) -> [SessionAction] {
        // Whoever goes on at 0 says that the PIN was reset: how many tries that gave is not known here.
        if triesLeft == 0 { session?.assessment?.triesLeft = nil }
        return showPad()
    }

    private mutating func showPad() -> [SessionAction] {
        phase = .pinPad(entered: 0, wasWrong: false)
        return [.wipePIN, startTimer(limits.idleSeconds), .show]
    }

    private mutating func enterPIN() -> [SessionAction] {
        guard case .pinPad(let entered, _) = phase, let session else { return [] }
        guard SocialCard.pinLengths.contains(entered) else { return [startTimer(limits.idleSeconds), .show] }
        return session.cardThere ? attemptPIN() : enter(.layCard)
    }

    /// The tries left become unknown on the disk before the PIN goes to the card.
    mutating func attemptPIN() -> [SessionAction] {
        phase = .checkingPIN
        return [.show, startTimer(limits.readingSeconds)] + recordThenShow([event(.pinAttempted)], .checkingPIN)
    }

    /// The tries left are unknown on the disk: the PIN may go to the card.
    mutating func verify() -> [SessionAction] {
        guard let session, let keys = session.assessment?.keys else {
            return end(reason: "pin-failed", failure: IdentityCode.recordIncomplete.rawValue)
        }
        return [.verifyPIN(session.reader, session: session.identifier, keys)]
    }

    private mutating func pinChecked(_ identifier: String, _ keys: CardKeys, _ outcome: PINOutcome) -> [SessionAction] {
        let row = outcome.row(servicePoint: servicePoint, session: identifier, keys: keys)
        guard session?.identifier == identifier, phase == .checkingPIN else {
            // The person is gone; what the card said of its PIN is kept all the same.
            return [record([row])]
        }
        switch outcome {
        case .accepted(let assessment):
            return accepted(assessment, row)
        case .blocked, .wrong(triesLeft: 0):
            return end(reason: "pin-blocked", before: [row], failure: SocialCardError.Code.pinBlocked.rawValue)
        case .wrong(let triesLeft):
            session?.assessment?.triesLeft = triesLeft
            guard let triesLeft, triesLeft > 1 else {
                return recordThenShow([row], .confirmPIN(triesLeft: triesLeft, wasWrong: true))
            }
            return recordThenShow([row], .pinPad(entered: 0, wasWrong: true))
        }
    }

    private mutating func pinUnchecked(_ identifier: String, _ code: String) -> [SessionAction] {
        guard session?.identifier == identifier, phase == .checkingPIN else { return [] }
        return end(reason: "pin-failed", before: [event(.cardRejected, ["code": .string(code)])], failure: code)
    }

    private mutating func accepted(_ assessment: CardAssessment, _ verified: StationEvent) -> [SessionAction] {
        session?.assessment = assessment
        if let refusal = assessment.decision.refusal {
            let row = event(.identityRejected, assessment.decision.rowAttributes)
            return end(reason: "refused", before: [verified, row], failure: refusal.rawValue)
        }
        session?.level = assessment.decision.level
        var rows = [verified, event(.identityVerified, assessment.decision.rowAttributes)]
        rows.append(event(.ledgerQueried, ["scope": .string("details")]))
        let unknown = unknownProgrammes(assessment)
        if !unknown.isEmpty { rows.append(event(.policyUnknownShown, ["programmes": .array(unknown)])) }
        return recordThenShow(rows, .benefits)
    }

    private func unknownProgrammes(_ assessment: CardAssessment) -> [CanonicalJSON] {
        guard let statement = assessment.statement else { return [] }
        return statement.lines
            .filter { line in
                let isAmountUnknown = line.amount == .unknown && !line.areAmountsWithheld
                return line.isEntitled && (isAmountUnknown || !line.policyUnknowns.isEmpty)
            }
            .map { .string($0.programme.code.rawValue) }
    }

    // MARK: - History

    private mutating func openHistory(_ code: ProgrammeCode) -> [SessionAction] {
        guard
            let lines = session?.assessment?.statement?.lines,
            let index = lines.firstIndex(where: { $0.programme.code == code })
        else { return [] }
        // Noted once: the rows are on their way, and if they cannot be written the session ends.
        session?.assessment?.statement?.lines[index].unseenCredits = []
        var rows = [event(.ledgerQueried, ["scope": .string("history"), "programme": .string(code.rawValue)])]
        for notice in lines[index].unseenCredits {
            rows.append(
                event(
                    .paymentNotified,
                    [
                        "entitlement": .string(notice.entitlement),
                        "month": .string(notice.month.iso),
                        "instalment": .integer(Int64(notice.instalment)),
                    ]
                )
            )
        }
        return recordThenShow(rows, .history(code))
    }
}
