import SmartCard

/// A reader with one channel that keeps its state between calls, as a card under power does.
actor ChannelReader: CardReader {
    nonisolated let name: ReaderName
    private let channel: any CardChannel
    private let failure: SmartCardError?
    private(set) var calls = 0

    init(_ channel: sending any CardChannel, name: ReaderName = ReaderName("Reader 00 00")) {
        self.channel = channel
        self.name = name
        failure = nil
    }

    /// A reader on which every call fails.
    init(failing code: SmartCardError.Code) {
        channel = ScriptedChannel([])
        name = ReaderName("Reader 00 01")
        failure = SmartCardError(code, "the double fails")
    }

    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        calls += 1
        if let failure { throw failure }
        return try body(channel)
    }
}
