import Benefits
import CivilIdentity

/// Reads the records of a ledger file, page by page, and refuses every form but the one that the writer makes.
///
/// Beside the form it checks the order (sources, programmes, then each resident with cards and entitlements), that
/// every source and programme is declared, and at the end the counts of the manifest.
public struct SnapshotRecordDecoder: Sendable {
    /// How many records were read so far.
    public private(set) var counts = SnapshotCounts()
    /// Where the body of the record read last stands in its page.
    public private(set) var bodyRange = 0..<0

    private let manifest: SnapshotManifest
    private let sources: Set<String>
    private var programmes: Set<ProgrammeCode> = []
    private var holder: CitizenNumber?
    private var cardsOfHolder = 0
    private var entitlementsOfHolder = 0
    private var reader = ByteReader([], code: .ledgerFormat)

    /// A decoder at the start of a file.
    public init(manifest: SnapshotManifest) {
        self.manifest = manifest
        sources = Set(manifest.sources.map(\.source))
    }

    /// Goes on to the next page; all records of the page before must have been read.
    ///
    /// - Parameter page: The opened page.
    /// - Throws: `ledger.format` when the page before was not read to its end.
    public mutating func begin(page: [UInt8]) throws(HubProtocolError) {
        guard reader.isAtEnd else { throw reader.mistake("a page was not read to its end") }
        reader = ByteReader(page, code: .ledgerFormat)
    }

    /// The next record of the page; nil at its end.
    ///
    /// - Throws: `ledger.format` with the place in the page.
    public mutating func next() throws(HubProtocolError) -> SnapshotRecord? {
        if reader.isAtEnd { return nil }
        let type = try reader.byte()
        let length = try reader.integer(max: SnapshotFormat.maximumRecordBytes)
        let start = reader.offset
        let outer = try reader.enter(count: length)
        let record = try body(of: type)
        try reader.leave(outer)
        bodyRange = start..<reader.offset
        counts.count(record)
        return record
    }

    /// Checks that the last page was read to its end and that the manifest counted right.
    ///
    /// - Throws: `ledger.format`.
    public func finish() throws(HubProtocolError) {
        guard reader.isAtEnd else { throw reader.mistake("the last page was not read to its end") }
        guard counts == manifest.counts else {
            throw HubProtocolError(.ledgerFormat, "the counts of the manifest are not those of the records")
        }
    }

    private mutating func body(of type: UInt8) throws(HubProtocolError) -> SnapshotRecord {
        switch type {
        case RecordType.source:
            return .source(try source())
        case RecordType.programme:
            return .programme(try programme())
        case RecordType.resident:
            guard counts.sources == manifest.sources.count else { throw reader.mistake("a source is missing") }
            let record = try reader.resident()
            try requireSource(record.source)
            holder = record.citizenNumber
            cardsOfHolder = 0
            entitlementsOfHolder = 0
            return .resident(record)
        case RecordType.card:
            guard let holder, cardsOfHolder < SnapshotFormat.maximumCardsPerResident else {
                throw reader.mistake("a card stands before any resident, or a resident has too many")
            }
            cardsOfHolder += 1
            return .card(try reader.card(of: holder))
        case RecordType.entitlement:
            guard let holder, entitlementsOfHolder < SnapshotFormat.maximumEntitlementsPerResident else {
                throw reader.mistake("an entitlement stands before any resident, or a resident has too many")
            }
            entitlementsOfHolder += 1
            let record = try reader.entitlement(of: holder)
            try requireSource(record.source)
            guard programmes.contains(record.programme) else { throw reader.mistake("a programme is not declared") }
            return .entitlement(record)
        default:
            throw reader.mistake("there is no record of type \(type)")
        }
    }

    private mutating func source() throws(HubProtocolError) -> SourceRecord {
        let record = try reader.source()
        guard counts.programmes == 0, holder == nil, counts.sources < manifest.sources.count,
            manifest.sources[counts.sources] == SourceFreshness(source: record.code, asOf: record.asOf)
        else { throw reader.mistake("a source is not where and what the manifest says") }
        return record
    }

    private mutating func programme() throws(HubProtocolError) -> Programme {
        let record = try reader.programme()
        guard holder == nil, counts.sources == manifest.sources.count, programmes.insert(record.code).inserted,
            programmes.count <= SnapshotFormat.maximumProgrammes
        else { throw reader.mistake("a programme is doubled or in the wrong place") }
        return record
    }

    private func requireSource(_ code: String) throws(HubProtocolError) {
        guard sources.contains(code) else { throw reader.mistake("a source is not declared") }
    }
}
