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
        case (.confirmPIN(let tries), .confirmPIN(let yes)):
            return yes ? showPad(triesLeft: tries, wasWrong: false) : enter(.greeting)
        case (.confirmPIN, .back):
            return enter(.greeting)
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
        case .pinChecked(let identifier, let outcome):
            guard session?.identifier == identifier, phase == .checkingPIN else { return [] }
            return pinChecked(outcome)
        default:
            return []
        }
    }

    /// Whether the person is somewhere between asking for details and getting them.
    var isAtPIN: Bool {
        switch phase {
        case .confirmPIN, .pinPad, .checkingPIN: true
        default: false
        }
    }

    private var isWaitingForPerson: Bool {
        switch phase {
        case .greeting, .confirmPIN, .pinPad, .benefits, .history: true
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
            phase = presentCards.isEmpty ? .idle : .takeCard
            return [.stopTimer, .show]
        default:
            return []
        }
    }

    private mutating func callHelp() -> [SessionAction] {
        guard !helpCalled else { return [] }
        helpCalled = true
        return [.show, record([event(.helpCalled)])]
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
            if assessment.triesLeft == 0 {
                return end(reason: "pin-blocked", failure: "pin.blocked")
            }
            return enter(.confirmPIN(triesLeft: assessment.triesLeft))
        }
        return showPad(triesLeft: tries, wasWrong: false)
    }

    private mutating func showPad(triesLeft: Int?, wasWrong: Bool) -> [SessionAction] {
        phase = .pinPad(entered: 0, wasWrong: wasWrong)
        return [.wipePIN, startTimer(limits.idleSeconds), .show]
    }

    private mutating func enterPIN() -> [SessionAction] {
        guard case .pinPad(let entered, _) = phase, let session else { return [.wipePIN] }
        guard SocialCard.pinLengths.contains(entered) else { return [startTimer(limits.idleSeconds), .show] }
        phase = .checkingPIN
        return [.show, .verifyPIN(session.reader, session: session.identifier), startTimer(limits.readingSeconds)]
    }

    private mutating func pinChecked(_ outcome: PINOutcome) -> [SessionAction] {
        switch outcome {
        case .accepted(let assessment):
            return accepted(assessment)
        case .wrong(let triesLeft):
            session?.assessment?.triesLeft = triesLeft
            let row = event(.pinFailed, ["triesLeft": .integer(Int64(triesLeft))])
            if triesLeft == 0 { return end(reason: "pin-blocked", before: [row], failure: "pin.blocked") }
            let next: Phase = triesLeft == 1 ? .confirmPIN(triesLeft: 1) : .pinPad(entered: 0, wasWrong: true)
            return recordThenShow([row], next)
        case .blocked:
            return end(reason: "pin-blocked", before: [event(.pinLocked)], failure: "pin.blocked")
        case .failed(let code):
            let row = event(.cardRejected, ["code": .string(code)])
            return end(reason: "pin-failed", before: [row], failure: code)
        }
    }

    private mutating func accepted(_ assessment: CardAssessment) -> [SessionAction] {
        session?.assessment = assessment
        let verified = event(.pinVerified)
        if let refusal = assessment.decision.refusal {
            let row = event(.identityRejected, identityAttributes(assessment.decision))
            return end(reason: "refused", before: [verified, row], failure: refusal.rawValue)
        }
        session?.level = assessment.decision.level
        var rows = [verified, event(.identityVerified, identityAttributes(assessment.decision))]
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
