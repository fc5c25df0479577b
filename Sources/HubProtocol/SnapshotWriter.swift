import Benefits
public import CivilIdentity
import Crypto

/// Makes a ledger file, record by record, in bounded memory.
///
/// The sealed pages go to a sink as they fill; ``finish(signingKey:)`` returns what must stand in front of them in the
/// file. So write the pages to a temporary file, then the front and the pages to the real one.
public struct SnapshotWriter {
    private let groupKey: StationGroupKey
    private let pageKey: SymmetricKey
    private let pageBytes: Int
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var manifest: SnapshotManifest
    private var order = SnapshotRecordOrder()
    private var page: [UInt8] = []

    /// Starts a file.
    ///
    /// - Parameters:
    ///   - division: The area that the file covers.
    ///   - generation: Number of the file, 1 or more, larger than that of every earlier file of the city.
    ///   - createdAt: Seconds since 1970 UTC.
    ///   - salt: 32 random bytes. Never use the same twice with one group key, except to make the very same file again.
    ///   - groupKey: Seals the pages.
    ///   - pageBytes: Size at which a page is closed, up to ``SnapshotFormat/maximumPageBytes``.
    ///   - sink: Gets the sealed pages in order, each in one call.
    /// - Throws: `ledger.format` when an argument is out of bounds.
    public init(
        division: DivisionCode,
        generation: Int64,
        createdAt: Int64,
        salt: [UInt8],
        groupKey: StationGroupKey,
        pageBytes: Int = SnapshotFormat.usualPageBytes,
        sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws(HubProtocolError) {
        guard salt.count == SnapshotFormat.saltBytes, generation > 0, generation <= SnapshotFormat.maximumInteger,
            (SnapshotFormat.maximumRecordBytes * 2...SnapshotFormat.maximumPageBytes).contains(pageBytes)
        else {
            throw HubProtocolError(.ledgerFormat, "salt, generation or page size of a new ledger file is out of bounds")
        }
        manifest = SnapshotManifest(
            division: division,
            generation: generation,
            createdAt: createdAt,
            groupKeyID: groupKey.keyID,
            salt: salt,
            sources: [],
            counts: SnapshotCounts(),
            pages: []
        )
        self.groupKey = groupKey
        self.pageBytes = pageBytes
        self.sink = sink
        pageKey = groupKey.pageKey(salt: salt, generation: generation)
        page.reserveCapacity(pageBytes)
    }

    /// Adds a record: sources first, then programmes, then each resident followed by his or her cards and entitlements.
    ///
    /// - Throws: `ledger.format` or `ledger.too-large` when the record or its place breaks a rule of the format, and what
    ///   the sink throws.
    public mutating func append(_ record: SnapshotRecord) throws {
        let bytes = try record.encoded()
        try order.accept(record)
        if page.count + bytes.count > pageBytes { try closePage() }
        page.append(contentsOf: bytes)
        manifest.counts.count(record)
        if case .source(let source) = record {
            manifest.sources.append(SourceFreshness(source: source.code, asOf: source.asOf))
        }
    }

    /// Closes the last page and signs the manifest.
    ///
    /// - Parameter signingKey: The city's key.
    /// - Returns: The bytes of the ``SnapshotFront``, which stand in front of the pages.
    /// - Throws: `ledger.format` or `ledger.too-large`, and what the sink throws.
    public mutating func finish(signingKey: SigningKey) throws -> [UInt8] {
        if !page.isEmpty { try closePage() }
        return try SnapshotFront(manifest: manifest, signedBy: signingKey).bytes
    }

    private mutating func closePage() throws {
        guard manifest.pages.count < SnapshotFormat.maximumPages else {
            throw HubProtocolError(.ledgerTooLarge, "a ledger file has at most \(SnapshotFormat.maximumPages) pages")
        }
        let sealed = try SnapshotPage.seal(
            page,
            key: pageKey,
            index: manifest.pages.count,
            generation: manifest.generation
        )
        manifest.pages.append(.init(bytes: sealed.count, sha256: [UInt8](SHA256.hash(data: sealed))))
        page.removeAll(keepingCapacity: true)
        try sealed.withUnsafeBytes(sink)
    }
}

@available(*, unavailable)
extension SnapshotWriter: Sendable {}

/// The order of records and their references, as the writer enforces it.
private struct SnapshotRecordOrder {
    private var sources: Set<String> = []
    private var programmes: Set<String> = []
    private var holder: CitizenNumber?
    private var cards = 0
    private var entitlements = 0

    mutating func accept(_ record: SnapshotRecord) throws(HubProtocolError) {
        switch record {
        case .source(let source):
            let isFirst = programmes.isEmpty && holder == nil && sources.count < SnapshotFormat.maximumSources
            guard isFirst, sources.insert(source.code).inserted else { throw mistake("a source") }
        case .programme(let programme):
            guard holder == nil, programmes.count < SnapshotFormat.maximumProgrammes,
                programmes.insert(programme.code.rawValue).inserted
            else { throw mistake("a programme") }
        case .resident(let resident):
            guard sources.contains(resident.source) else { throw mistake("the source of a resident") }
            holder = resident.citizenNumber
            cards = 0
            entitlements = 0
        case .card(let card):
            cards += 1
            guard card.citizenNumber == holder, cards <= SnapshotFormat.maximumCardsPerResident else {
                throw mistake("a card")
            }
        case .entitlement(let entitlement):
            entitlements += 1
            guard entitlement.citizenNumber == holder, sources.contains(entitlement.source),
                programmes.contains(entitlement.programme.rawValue),
                entitlements <= SnapshotFormat.maximumEntitlementsPerResident
            else { throw mistake("an entitlement") }
        }
    }

    private func mistake(_ what: String) -> HubProtocolError {
        HubProtocolError(.ledgerFormat, "\(what) is doubled, not declared, one too many, or not after its resident")
    }
}
