import SmartCard

extension PCSCSupervisor {
    /// Starts a new connection, unless too many hang.
    mutating func connect() -> [Action] {
        guard leftBehind.count < Self.mostLeftBehind else {
            phase = .blocked
            timer += 1
            return []
        }
        connection += 1
        phase = .establishing(isLate: false)
        hasAnswered = false
        return [.connect(connection), setTimer(timing.establishLimit)]
    }

    /// Takes the connection into use; the service counts as available only when it has answered a question.
    mutating func established() -> [Action] {
        spuriousRounds = 0
        settlingRounds = timing.settlingRounds
        plugAndPlayCounter = 0
        return list()
    }

    /// Reports the service as available with the first answer of a connection.
    mutating func reportAvailability() -> [Action] {
        guard !hasAnswered else { return [] }
        hasAnswered = true
        failures = 0
        refusals = 0
        reportedLoss = nil
        return [.emit(.serviceAvailable)]
    }

    mutating func establishFailed(_ returned: PCSCReturnCode) -> [Action] {
        failures += 1
        phase = .backingOff
        return reportLoss(lossCode(of: returned)) + [setTimer(timing.backOff(afterFailures: failures))]
    }

    /// The code to report for a failed attempt, or nil if one attempt alone does not tell.
    ///
    /// A service that goes down while it is being asked looks like one that refuses, and a refusing one closes the line at a
    /// moment of its own choice: so the second refusal in a row counts, and from then on it stands for the whole outage.
    private mutating func lossCode(of returned: PCSCReturnCode) -> SmartCardError.Code? {
        let code = returned.errorCode(at: .establish)
        if code == .accessDenied { refusals += 1 }
        if refusals >= 2 { return .accessDenied }
        let isAmbiguous = code == .accessDenied || returned == .communicationError
        if isAmbiguous && failures == 1 { return nil }
        return code == .accessDenied ? .serviceNotRunning : code
    }

    /// Gives up the connection in use after a failed call.
    mutating func loseConnection(after returned: PCSCReturnCode) -> [Action] {
        // Whatever else a list or a wait may report, it is a failure of the service.
        loseConnection(returned.errorCode(at: .status) == .serviceNotRunning ? .serviceNotRunning : .failure)
    }

    /// Gives up the connection in use and starts anew: at once if it hangs, after a pause if it failed.
    mutating func loseConnection(_ code: SmartCardError.Code) -> [Action] {
        let lost = connection
        readers = []
        let report = reportLoss(code)
        guard code == .serviceNotAnswering else {
            failures += 1
            phase = .backingOff
            return report + [.close(lost), setTimer(timing.backOff(afterFailures: failures))]
        }
        leftBehind.insert(lost)
        return report + [.failCalls(code), .close(lost)] + connect()
    }

    /// Reports a loss unless it stands reported already.
    mutating func reportLoss(_ code: SmartCardError.Code?) -> [Action] {
        guard let code, code != reportedLoss else { return [] }
        reportedLoss = code
        return [.emit(.serviceLost(code))]
    }
}
