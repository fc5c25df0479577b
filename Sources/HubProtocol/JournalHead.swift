/// The last row of a journal at some time, kept elsewhere so that a cut or rewritten journal shows later.
public struct JournalHead: Hashable, Sendable, CustomStringConvertible {
    /// Whose journal.
    public let station: StationID
    /// Sequence of the row, from 1.
    public let sequence: Int64
    /// Hash of the row's envelope, 32 bytes.
    public let hash: [UInt8]

    private static let words = ["onecard-journal-head", "v1"]
    /// Longest text form, bytes.
    static let maximumTextBytes = 256

    init(station: StationID, sequence: Int64, hash: [UInt8]) {
        self.station = station
        self.sequence = sequence
        self.hash = hash
    }

    /// Reads the text form; one line end after it is allowed.
    ///
    /// - Parameter text: `onecard-journal-head v1 <station> <sequence> <hash in lower-case hex>`.
    /// - Throws: `journal.head-malformed`.
    public init(text: String) throws(HubProtocolError) {
        let malformed = HubProtocolError(.headMalformed, "a journal head line has other words, or other characters")
        guard text.utf8.count <= Self.maximumTextBytes else { throw malformed }
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == Self.words[0], parts[1] == Self.words[1],
            let station = StationID(rawValue: String(parts[2])),
            let sequence = Int64(parts[3]), sequence > 0, String(sequence) == parts[3],
            let hash = Hex.bytes(parts[4], count: EventEnvelope.hashBytes)
        else { throw malformed }
        self.init(station: station, sequence: sequence, hash: hash)
    }

    /// The text form, one line without its end.
    public var text: String {
        (Self.words + [station.rawValue, String(sequence), Hex.text(hash)]).joined(separator: " ")
    }

    /// The text form.
    public var description: String { text }
}
