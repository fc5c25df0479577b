import Benefits
import HubProtocol

extension SessionMachine {
    /// Ends the session, if one stands: what is shown next has nothing of the person, and is shown before anything else
    /// is done (INV-15).
    ///
    /// - Parameters:
    ///   - reason: stands in the journal.
    ///   - rows: further rows, before the last one of the session.
    ///   - failure: shown for some seconds, with the card still to be taken.
    /// - Returns: what is to be done, the blank screen first.
    mutating func end(reason: String, before rows: [StationEvent] = [], failure: String? = nil) -> [SessionAction] {
        var rows = rows
        if let session {
            rows.append(
                event(.sessionEnded, ["reason": .string(reason), "level": .string("L\(session.level.rawValue)")])
            )
        }
        let hadSession = session != nil
        if let session { lastReader = session.reader }
        session = nil
        rest()
        if let failure { phase = .failure(code: failure) }
        var actions: [SessionAction] = [failure == nil ? .stopTimer : startTimer(limits.failureSeconds), .show]
        if hadSession { actions.append(.wipePIN) }
        return rows.isEmpty ? actions : actions + [record(rows)]
    }

    /// Nobody is served: the page invites the next person, who has not called for help yet.
    mutating func rest() {
        phase = presentCards.isEmpty ? .idle : .takeCard
        help = .notCalled
    }

    /// Shows `next` once the rows about it are on the disk.
    mutating func recordThenShow(_ rows: [StationEvent], _ next: Phase) -> [SessionAction] {
        let action = record(rows)
        phase = .recording(batch: batch, next: next, shown: shownPhase)
        return [action]
    }

    mutating func recorded(_ identifier: UInt64) -> [SessionAction] {
        if help == .asked(batch: identifier) { return helpIsCalled() }
        guard case .recording(let waiting, let next, _) = phase, waiting == identifier else { return [] }
        phase = next
        if next == .checkingPIN { return verify() }
        return [startTimer(limits.idleSeconds), .show]
    }

    mutating func recordFailed(_ identifier: UInt64, _ code: String) -> [SessionAction] {
        if case .recording(let waiting, _, _) = phase, waiting == identifier {
            return end(reason: "journal-failed", failure: code)
        }
        guard session != nil || help == .asked(batch: identifier) else { return [] }
        return end(reason: "journal-failed", failure: code)
    }

    /// The call is on the disk: the page says so, without a session only for some time, since nobody ends that.
    private mutating func helpIsCalled() -> [SessionAction] {
        help = .called
        switch phase {
        case .idle, .takeCard: return [startTimer(limits.helpSeconds), .show]
        default: return [.show]
        }
    }

    mutating func fired(_ identifier: UInt64) -> [SessionAction] {
        guard identifier == timer else { return [] }
        switch phase {
        case .failure, .thanks:
            rest()
            return [.show]
        case .rating:
            return endAfterRating()
        case .idle, .takeCard:
            help = .notCalled
            return [.show]
        default:
            return end(reason: "idle-limit")
        }
    }

    /// The session is over in good order: thanks, and the card back.
    mutating func endAfterRating() -> [SessionAction] {
        var actions = end(reason: "finished")
        phase = .thanks
        actions = actions.filter { $0 != .stopTimer && $0 != .show }
        return [startTimer(limits.thanksSeconds), .show] + actions
    }

    mutating func startTimer(_ seconds: Int) -> SessionAction {
        timer &+= 1
        return .startTimer(id: timer, seconds: seconds)
    }

    mutating func record(_ rows: [StationEvent]) -> SessionAction {
        batch &+= 1
        return .record(batch: batch, rows)
    }

    /// The phase whose screen stands now.
    var shownPhase: Phase {
        if case .recording(_, _, let shown) = phase { return shown }
        return phase
    }

    func event(_ kind: StationEventKind, _ attributes: [String: CanonicalJSON] = [:]) -> StationEvent {
        StationEvent(
            kind,
            servicePoint: servicePoint,
            session: session?.identifier,
            residentKey: session?.assessment?.keys?.resident,
            cardKey: session?.assessment?.keys?.card,
            attributes: attributes
        )
    }

    func readAttributes(_ assessment: CardAssessment) -> [String: CanonicalJSON] {
        [
            "generation": .integer(Int64(assessment.generation)),
            "warnings": .array(assessment.warnings.map(CanonicalJSON.string)),
        ]
    }
}
