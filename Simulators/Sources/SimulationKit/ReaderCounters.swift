/// What has passed through a virtual reader since the simulator started.
public struct ReaderCounters: Hashable, Sendable, Codable {
    /// Header of one command and the status word of its answer: never data.
    public struct Exchange: Hashable, Sendable, Codable {
        /// CLA INS P1 P2 in hex.
        public var header: String
        /// Status word in hex; nil while, or because, the card gave no answer.
        public var status: String?
    }

    /// How many of the last exchanges are kept.
    public static let exchangesKept = 32

    /// Commands that reached a card.
    public var commands = 0
    /// Cards put in.
    public var insertions = 0
    /// Cards taken away or torn out.
    public var removals = 0
    /// Power-ups and resets.
    public var resets = 0
    /// The last exchanges, oldest first.
    public var lastExchanges: [Exchange] = []

    mutating func began(_ command: ArraySlice<UInt8>) {
        commands += 1
        if lastExchanges.count == Self.exchangesKept {
            lastExchanges.removeFirst()
        }
        lastExchanges.append(Exchange(header: hex(command.prefix(4)), status: nil))
    }

    mutating func ended(_ response: [UInt8]) {
        guard let last = lastExchanges.indices.last else { return }
        lastExchanges[last].status = hex(response.suffix(2))
    }
}

/// Lower-case hex.
func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
        decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] },
        as: UTF8.self
    )
}
