import SimulationKit

/// Asks the simulated devices over their control socket.
enum DevicesControl {
    /// Sends a line and gives back what follows `ok`.
    ///
    /// - Throws: `sim.not-running` when nobody answers, `sim.bad-request` for a refusal.
    static func ask(_ line: String, _ directory: StateDirectory) throws(SimulationError) -> String {
        let answer = try LineClient.ask(line, at: directory.devicesSocket)
        if answer == "ok" { return "" }
        guard answer.hasPrefix("ok ") else {
            let reason = answer.hasPrefix("error ") ? String(answer.dropFirst(6)) : answer
            throw SimulationError(.badRequest, reason, remedy: "see `onecard-sim devices tell --help`")
        }
        return unescaped(answer.dropFirst(3))
    }

    /// Takes back `\n` and `\\`.
    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                result.append(character == "n" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}
