import Glibc
public import SmartCard

/// A channel that knows how long its exchanges took.
public protocol TimedCardChannel: CardChannel {
    /// The time spent inside the exchanges of this body so far, in nanoseconds: the share of the service, the reader and the
    /// card, to be taken off when our own share is measured.
    var exchangeNanoseconds: UInt64 { get }
}

/// The channel of one body; it lives on the reader's thread and is dead when the body has ended.
final class PCSCCardChannel: TimedCardChannel {
    private let library: any PCSCLibrary
    private let handle: PCSCCardHandle
    private var protocolNumber: UInt
    private let watch: CallWatch
    private let scheduler: any DeadlineScheduler
    private let buffer: ResponseBuffer
    private var cachedAnswerToReset: AnswerToReset??

    /// What every message of this channel names.
    private let reader: ReaderName

    private(set) var exchangeNanoseconds: UInt64 = 0

    /// How many exchanges have reached the card.
    private(set) var exchanges: UInt64 = 0

    /// Whether the line to the service was lost.
    private(set) var isContextLost = false

    /// The pauses between looks at a card that stopped answering: a card torn out shows first as a failed exchange, and drivers
    /// without interrupts notice the removal up to 400 ms later (PROTOCOLS.md 3.2).
    private static let removalPauses: [Duration] = [5, 20, 75, 150, 200].map { .milliseconds($0) }

    init(
        connection: borrowing PCSCConnection,
        reader: ReaderName,
        watch: CallWatch,
        scheduler: any DeadlineScheduler,
        buffer: ResponseBuffer
    ) {
        library = connection.library
        handle = connection.handle
        protocolNumber = connection.protocolNumber
        self.reader = reader
        self.watch = watch
        self.scheduler = scheduler
        self.buffer = buffer
    }

    var answerToReset: AnswerToReset? {
        if let cachedAnswerToReset { return cachedAnswerToReset }
        guard watch.mayExchange else { return nil }
        watch.beginExchange(at: scheduler.now)
        let (_, bytes) = library.answerToReset(handle)
        watch.endExchange()
        let parsed = try? AnswerToReset(bytes: bytes)
        cachedAnswerToReset = .some(parsed)
        return parsed
    }

    func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
        guard (4...ResponseBuffer.size).contains(command.count) else {
            throw SmartCardError(.apduMalformed, "a command has \(command.count) bytes")
        }
        var (returned, count) = unsafe try exchange(command)
        if returned == .resetCard {
            let (reconnected, protocolNumber) = reconnect()
            // Before the first exchange there was no state to lose, so nobody needs to know.
            if reconnected == .success {
                self.protocolNumber = protocolNumber
                if exchanges == 0 { unsafe (returned, count) = try exchange(command) }
            }
        }
        guard returned == .success else { throw failure(returned) }
        exchanges += 1
        guard count >= 2 else {
            throw SmartCardError(.cardCommunication, "an answer on \(reader) has no status word")
        }
        return buffer.bytes(count)
    }

    private func exchange(
        _ command: UnsafeRawBufferPointer
    ) throws(SmartCardError) -> (returned: PCSCReturnCode, count: Int) {
        guard watch.mayExchange else {
            throw SmartCardError(.readerTimeout, "a body on \(reader) went on after it was given up")
        }
        let start = scheduler.now
        watch.beginExchange(at: start)
        var count = 0
        let returned = unsafe library.transmit(
            handle,
            protocolNumber: protocolNumber,
            command: command,
            response: buffer.storage,
            count: &count
        )
        watch.endExchange()
        exchangeNanoseconds &+= scheduler.now.nanoseconds &- start.nanoseconds
        buffer.markUsed(count)
        return (returned, count)
    }

    /// Takes up the line to the card again, watched as an exchange is: the service may hang in it as well.
    private func reconnect() -> (returned: PCSCReturnCode, protocolNumber: UInt) {
        watch.beginExchange(at: scheduler.now)
        defer { watch.endExchange() }
        return library.reconnect(handle)
    }

    /// The error of a failed exchange, after a look at whether the card or the reader is still there.
    private func failure(_ returned: PCSCReturnCode) -> SmartCardError {
        var explanation = returned
        switch returned.errorCode(at: .exchange) {
        case .cardCommunication, .cardProtocolUnsupported:
            // While it takes note of a removal the service forgets the protocol first.
            explanation = laterExplanation() ?? returned
        default:
            break
        }
        isContextLost = explanation.meansContextLost
        return SmartCardError(explanation, at: .exchange, "an exchange on \(reader) failed")
    }

    /// Looks a few times whether the card or the reader is gone; nil if they are still there.
    private func laterExplanation() -> PCSCReturnCode? {
        for pause in Self.removalPauses where watch.mayExchange {
            let looked = reconnect().returned
            switch looked.errorCode(at: .exchange) {
            case .cardRemoved, .readerUnplugged, .cardMute, .serviceNotRunning: return looked
            default: DetachedThread.pause(pause)
            }
        }
        return nil
    }
}
