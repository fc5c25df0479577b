import SmartCard

/// A channel that gives up after a number of exchanges, so that no card can keep a reader busy.
final class BoundedChannel: CardChannel {
    private let channel: any CardChannel
    private let limit: Int
    private var count = 0

    /// - Parameters:
    ///   - channel: The card.
    ///   - limit: The most exchanges.
    init(_ channel: any CardChannel, limit: Int) {
        self.channel = channel
        self.limit = limit
    }

    var answerToReset: AnswerToReset? { channel.answerToReset }

    func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
        guard count < limit else {
            throw SmartCardError(.apduResponseLoop, "the card is not read after \(limit) exchanges")
        }
        count += 1
        return try channel.transmit(command)
    }
}
