import Benefits
import CivilIdentity

extension ServicePointController {
    func presentation(sequence: UInt64, secondsLeft: Int?) -> Presentation {
        presentation(
            screen: screen(for: machine.shownPhase),
            sequence: sequence,
            secondsLeft: secondsLeft,
            inSession: machine.session != nil
        )
    }

    func presentation(screen: Screen, sequence: UInt64, secondsLeft: Int?, inSession: Bool) -> Presentation {
        let now = services.clock.now()
        let oldest = ledger?.sources.map(\.asOf).min() ?? ledger?.createdAt
        return Presentation(
            sequence: sequence,
            screen: screen,
            secondsLeft: secondsLeft,
            inSession: inSession,
            dataAsOf: oldest,
            freshness: oldest.map { facts.freshness(asOf: $0, now: now) },
            simulated: facts.simulated,
            fictitious: facts.fictitious,
            developmentKeys: facts.developmentKeys,
            helpCalled: machine.help == .called,
            hotline: facts.hotline,
            stationName: facts.stationName
        )
    }

    private func screen(for phase: SessionMachine.Phase) -> Screen {
        switch phase {
        case .idle: .idle(IdleScreen(outOfService: machine.outOfService))
        case .reading: .reading
        case .greeting: greeting() ?? .idle(IdleScreen())
        case .confirmPIN(let triesLeft, let wasWrong): .confirmPIN(triesLeft: triesLeft, wasWrong: wasWrong)
        case .pinPad(let entered, let wasWrong):
            .pinPad(
                PINPadScreen(
                    entered: entered,
                    keys: pad.keys,
                    triesLeft: machine.session?.assessment?.triesLeft,
                    wasWrong: wasWrong
                )
            )
        case .layCard: .layCard
        case .checkingPIN: .checkingPIN
        case .benefits: benefits() ?? .idle(IdleScreen())
        case .history(let code): history(code) ?? .idle(IdleScreen())
        case .rating: .rating
        case .thanks: .thanks
        case .failure(let code):
            .failure(FailureScreen(code: code, cardStillThere: !machine.presentCards.isEmpty))
        case .takeCard: .takeCard
        case .recording(_, _, let shown): screen(for: shown)
        }
    }

    private func greeting() -> Screen? {
        guard let assessment = machine.session?.assessment else { return nil }
        let lines = assessment.statement?.lines.filter(\.isEntitled)
        let days = (lines ?? []).compactMap { line -> CivilDate? in
            if case .known(let day, _) = line.nextPayDay { day } else { nil }
        }
        return .greeting(
            GreetingScreen(
                maskedName: assessment.maskedName,
                programmes: lines?.map(\.programme),
                nextPayDay: days.min(),
                canUsePIN: assessment.detailsAllowed
            )
        )
    }

    private func benefits() -> Screen? {
        guard let assessment = machine.session?.assessment, let statement = assessment.statement else { return nil }
        return .benefits(BenefitsScreen(maskedName: assessment.maskedName, statement: statement))
    }

    private func history(_ code: ProgrammeCode) -> Screen? {
        guard
            let statement = machine.session?.assessment?.statement,
            let line = statement.lines.first(where: { $0.programme.code == code })
        else { return nil }
        return .history(HistoryScreen(line: line, freshness: line.freshness))
    }
}
