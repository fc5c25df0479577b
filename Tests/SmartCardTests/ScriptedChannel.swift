import SmartCard

/// A channel that plays canned answers in order and records the commands.
final class ScriptedChannel: CardChannel {
    private var answers: [[UInt8]]
    private let repeatsLast: Bool
    private(set) var commands: [[UInt8]] = []

    /// Plays each answer once; a further command is answered by the last one again, or else with a removed card.
    init(_ answers: [[UInt8]], repeatsLast: Bool = false) {
        self.answers = answers
        self.repeatsLast = repeatsLast
    }

    var answerToReset: AnswerToReset? { nil }

    func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
        commands.append(Array(command))
        guard let answer = answers.first else { throw SmartCardError(.cardRemoved, "the script is over") }
        if !(repeatsLast && answers.count == 1) { answers.removeFirst() }
        return answer
    }
}
