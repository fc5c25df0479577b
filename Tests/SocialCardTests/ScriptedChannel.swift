import SmartCard
import Testing

/// One exchange: what must be sent, and what is answered.
struct Exchange: Sendable {
    var command: [UInt8]
    var answer: [UInt8]

    init(_ command: [UInt8], _ answer: [UInt8]) {
        self.command = command
        self.answer = answer
    }
}

/// A channel that plays canned exchanges in order; a command that is not the scripted one is an issue of the test.
final class ScriptedChannel: CardChannel {
    private let script: [Exchange]
    private(set) var count = 0
    /// The exchange at which the card is torn out, from 0.
    var tornAt: Int?

    init(_ script: [Exchange]) {
        self.script = script
    }

    var answerToReset: AnswerToReset? { nil }
    var isOver: Bool { count == script.count }

    func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
        guard count != tornAt, count < script.count else { throw SmartCardError(.cardRemoved, "the card is torn out") }
        let exchange = script[count]
        if Array(command) != exchange.command {
            Issue.record("exchange \(count): sent \(Array(command)), expected \(exchange.command)")
            throw SmartCardError(.cardRemoved, "the script was left")
        }
        count += 1
        return exchange.answer
    }
}
