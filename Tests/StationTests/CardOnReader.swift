import SmartCard
import SocialCard
import Synchronization

@testable import Station

/// A reader with a second-generation card that behaves: two files of records, and a PIN whose answers are canned.
final class CardOnReader: CardReader {
    /// What the card does at VERIFY.
    enum Answer: Sendable {
        case statusWord(UInt16)
        case tornOut
    }

    struct State: Sendable {
        var identificationCode: [UInt8]
        var answer = Answer.statusWord(0x9000)
        /// The commands VERIFY that reached the card.
        var verified: [[UInt8]] = []
        /// Calls that reach the reader wait for this.
        var before: Gate?
        /// Calls whose body has ended wait for this.
        var after: Gate?
    }

    let name = contactReader
    /// Opened when a call waits for `before`.
    let hasCome = Gate()
    /// Opened when a call waits for `after`.
    let hasEnded = Gate()
    private let state: Mutex<State>
    private let onVerify: @Sendable () -> Void

    init(_ persona: Persona, onVerify: @escaping @Sendable () -> Void = {}) throws {
        state = Mutex(State(identificationCode: try some(persona.data.identificationCode).bytes))
        self.onVerify = onVerify
    }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    var verified: [[UInt8]] { state.withLock { $0.verified } }

    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        if let before = state.withLock({ $0.before }) {
            hasCome.open()
            await before.pass()
        }
        let result = try body(Channel(reader: self))
        if let after = state.withLock({ $0.after }) {
            hasEnded.open()
            await after.pass()
        }
        return result
    }

    private final class Channel: CardChannel {
        private let reader: CardOnReader
        private var file: [UInt8] = []

        init(reader: CardOnReader) { self.reader = reader }

        var answerToReset: AnswerToReset? { nil }

        func transmit(_ bytes: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            let command = try CommandAPDU(bytes: bytes)
            switch command.ins {
            case 0xA4:
                if command.p1 == 0 { file = command.data }
                return [0x90, 0x00]
            case 0xB2:
                guard command.p2 == 0, let value = reader.records(file)[command.p1] else { return [0x6A, 0x83] }
                return [command.p1, UInt8(value.count)] + value + [0x90, 0x00]
            case 0x20: return try reader.verify(Array(bytes))
            default: return [0x6D, 0x00]
            }
        }
    }

    private func verify(_ command: [UInt8]) throws(SmartCardError) -> [UInt8] {
        onVerify()
        let answer = state.withLock { state in
            state.verified.append(command)
            return state.answer
        }
        guard case .statusWord(let word) = answer else { throw SmartCardError(.cardRemoved, "the card is torn out") }
        return [UInt8(word >> 8), UInt8(word & 0xFF)]
    }

    private func records(_ file: [UInt8]) -> [UInt8: [UInt8]] {
        switch file {
        case [0xEF, 0x05]:
            [
                0x01: state.withLock { $0.identificationCode }, 0x03: Array("2.00".utf8),
                0x05: [0x20, 0x20, 0x01, 0x01], 0x06: [0x20, 0x30, 0x01, 0x01], 0x07: Array("T00000001".utf8),
            ]
        case [0xEF, 0x06]:
            [
                0x08: Array("99999919400315001X".utf8),
                0x09: [0xCA, 0xD4, 0xB0, 0xB2] + [UInt8](repeating: 0, count: 26),  // GBK
            ]
        default: [:]
        }
    }
}

/// Lets callers pass once it is open.
struct Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func open() { continuation.finish() }
    func pass() async { for await _ in stream {} }
}
