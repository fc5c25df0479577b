import CivilIdentity
package import Foundation
package import HubProtocol

/// Checks a journal from its first row to its last.
package enum JournalVerifier {
    /// What a whole journal has.
    package struct Report: Sendable, Equatable {
        /// How many rows.
        package var rows: Int64
        /// The last one; nil for an empty journal.
        package var head: JournalHead?
    }

    /// Checks every row, its signature, the chain, and that nothing was cut or rewritten since a head was exported.
    ///
    /// - Parameters:
    ///   - url: of the journal.
    ///   - keys: the public keys that rows may be signed with.
    ///   - station: whose journal it must be.
    ///   - head: exported earlier and kept elsewhere.
    /// - Returns: how many rows there are, and the last one.
    /// - Throws: a `journal.*` code with the number of the first row that is wrong.
    package static func verify(
        _ url: URL,
        keys: VerificationKeys,
        station: StationID,
        head: JournalHead? = nil
    ) throws -> Report {
        let reader = try SQLiteJournalReader(url: url)
        var check = ChainCheck(keys: keys, station: station, expected: head)
        do {
            guard try reader.isWhole() else { throw JournalError(.storage, "the file is damaged") }
            try reader.forEachRow { try check.take($0) }
        } catch let error as JournalError {
            throw error
        } catch {
            throw SQLiteJournal.storage("be read", error)
        }
        return try check.finish()
    }

    /// Rows from a sequence on, as they stand.
    package static func rows(_ url: URL, from: Int64, limit: Int) throws -> [EventEnvelope] {
        try SQLiteJournalReader(url: url).rows(from: from, limit: limit)
    }

    /// The head; nil for an empty journal.
    package static func head(_ url: URL) throws -> JournalHead? {
        try SQLiteJournalReader(url: url).head()
    }
}

/// The chain, row by row.
struct ChainCheck {
    private let keys: VerificationKeys
    private let station: StationID
    private let expected: JournalHead?
    private var last: EventEnvelope?
    private var count: Int64 = 0

    init(keys: VerificationKeys, station: StationID, expected: JournalHead?) {
        self.keys = keys
        self.station = station
        self.expected = expected
    }

    mutating func take(_ row: JournalRow) throws {
        let envelope = row.envelope
        let number = row.sequence
        guard number == count + 1 else { throw JournalError(.missingRow, "row \(count + 1) is missing") }
        guard envelope.sequence == number else {
            throw JournalError(.brokenChain, "row \(number) holds the event of row \(envelope.sequence)")
        }
        guard envelope.hash == row.hash, envelope.kind == row.kind, matches(row) else {
            throw JournalError(.rowChanged, "row \(number) was changed")
        }
        guard envelope.station == station else {
            throw JournalError(.brokenChain, "row \(number) is of another station")
        }
        guard let key = keys[envelope.keyID] else {
            throw JournalError(.keyUnknown, "row \(number) is signed with a key that is not known here")
        }
        guard envelope.isSigned(by: key) else {
            throw JournalError(.badSignature, "row \(number) has a wrong signature")
        }
        guard envelope.previousHash == last?.hash ?? EventEnvelope.firstPreviousHash else {
            throw JournalError(.brokenChain, "row \(number) does not follow the row before it")
        }
        if let last, envelope.clock <= last.clock {
            throw JournalError(.brokenChain, "row \(number) is older than the row before it")
        }
        if let expected, expected.sequence == number, expected.hash != envelope.hash {
            throw JournalError(.rewritten, "row \(number) is not the row whose head was exported")
        }
        last = envelope
        count = number
    }

    func finish() throws -> JournalVerifier.Report {
        if let expected {
            guard expected.station == station else {
                throw JournalError(.rewritten, "the head is of another station's journal")
            }
            guard expected.sequence <= count else {
                throw JournalError(
                    .tailCut,
                    "the journal ends at row \(count), the head is of row \(expected.sequence)"
                )
            }
        }
        return JournalVerifier.Report(rows: count, head: last?.head)
    }

    /// Whether the columns beside the envelope say what the envelope says.
    private func matches(_ row: JournalRow) -> Bool {
        guard let payload = try? CanonicalJSON(canonical: row.envelope.payload, limits: .event) else { return false }
        let resident = row.residentKey.flatMap { ResidentKey(bytes: $0) }?.description
        let card = row.cardKey.flatMap { CardKey(bytes: $0) }?.description
        return payload["resident"]?.stringValue == resident && payload["card"]?.stringValue == card
    }
}
