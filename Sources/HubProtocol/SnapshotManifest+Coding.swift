import Benefits
import CivilIdentity

extension SnapshotManifest {
    /// The canonical JSON form, which is signed.
    ///
    /// - Throws: `ledger.too-large` or `ledger.format` when a field is out of its bounds.
    public func encoded() throws(HubProtocolError) -> [UInt8] {
        try checkBounds()
        let json: CanonicalJSON = [
            "format": .integer(SnapshotFormat.version),
            "division": .string(division.rawValue),
            "generation": .integer(generation),
            "createdAt": .integer(createdAt),
            "groupKey": .integer(Int64(groupKeyID)),
            "salt": .string(Hex.text(salt)),
            "sources": .array(sources.map { ["code": .string($0.source), "asOf": .integer($0.asOf)] }),
            "counts": .object(counts.fields.mapValues { .integer(Int64($0)) }),
            "pages": .array(
                pages.map { ["bytes": .integer(Int64($0.bytes)), "sha256": .string(Hex.text($0.sha256))] }
            ),
        ]
        do {
            return try json.encoded(limits: .manifest)
        } catch {
            throw HubProtocolError(.ledgerTooLarge, "the manifest has no form within its limits", cause: error)
        }
    }

    /// Reads the canonical JSON form strictly: every field must be there, no other, and each within its bounds.
    ///
    /// - Throws: `ledger.format` or `ledger.too-large`.
    public init(canonical bytes: [UInt8]) throws(HubProtocolError) {
        let json: CanonicalJSON
        do {
            json = try CanonicalJSON(canonical: bytes, limits: .manifest)
        } catch {
            throw HubProtocolError(.ledgerFormat, "the manifest is \(error)")
        }
        let root = try ManifestFields(
            json,
            keys: [
                "format", "division", "generation", "createdAt", "groupKey", "salt", "sources", "counts", "pages",
            ]
        )
        guard try root.integer("format", 0...SnapshotFormat.maximumInteger) == SnapshotFormat.version else {
            throw ManifestFields.mistake("the ledger file is of another format version")
        }
        do {
            division = try DivisionCode(try root.text("division"))
        } catch {
            throw ManifestFields.mistake("the manifest's division is not one")
        }
        generation = try root.integer("generation", 1...SnapshotFormat.maximumInteger)
        createdAt = try root.integer("createdAt", 0...SnapshotFormat.maximumInteger)
        groupKeyID = UInt8(truncatingIfNeeded: try root.integer("groupKey", 0...255))
        guard let salt = Hex.bytes(try root.text("salt"), count: SnapshotFormat.saltBytes) else {
            throw ManifestFields.mistake("the manifest's salt is not 32 bytes in hex")
        }
        self.salt = salt
        sources = try root.array("sources", max: SnapshotFormat.maximumSources).map(source)
        counts = try SnapshotCounts(json: root.value("counts"))
        pages = try root.array("pages", max: SnapshotFormat.maximumPages).map(Page.init(json:))
        try checkBounds()
    }

    private func checkBounds() throws(HubProtocolError) {
        let instants = 0...SnapshotFormat.maximumInteger
        guard (1...SnapshotFormat.maximumInteger).contains(generation), instants.contains(createdAt),
            salt.count == SnapshotFormat.saltBytes,
            sources.allSatisfy({
                instants.contains($0.asOf)
                    && WireText.isToken($0.source.utf8, max: SnapshotFormat.maximumCodeBytes)
            }),
            Set(sources.map(\.source)).count == sources.count, sources.count == counts.sources
        else { throw ManifestFields.mistake("a field of the manifest is out of its bounds") }
        guard pages.count <= SnapshotFormat.maximumPages, counts.programmes <= SnapshotFormat.maximumProgrammes,
            sources.count <= SnapshotFormat.maximumSources,
            counts.fields.values.allSatisfy({ (0...SnapshotFormat.maximumCount).contains(Int64($0)) })
        else { throw HubProtocolError(.ledgerTooLarge, "the manifest speaks of more than the limits allow") }
        let sizes = (SnapshotFormat.pageTagBytes + 1)...(SnapshotFormat.maximumPageBytes + SnapshotFormat.pageTagBytes)
        guard pages.allSatisfy({ sizes.contains($0.bytes) && $0.sha256.count == 32 }) else {
            throw HubProtocolError(.ledgerTooLarge, "a page is empty or larger than the limit")
        }
    }
}

private func source(json: CanonicalJSON) throws(HubProtocolError) -> SourceFreshness {
    let fields = try ManifestFields(json, keys: ["code", "asOf"])
    return SourceFreshness(
        source: try fields.text("code"),
        asOf: try fields.integer("asOf", 0...SnapshotFormat.maximumInteger)
    )
}

extension SnapshotManifest.Page {
    fileprivate init(json: CanonicalJSON) throws(HubProtocolError) {
        let fields = try ManifestFields(json, keys: ["bytes", "sha256"])
        bytes = Int(truncatingIfNeeded: try fields.integer("bytes", 0...SnapshotFormat.maximumInteger))
        guard let hash = Hex.bytes(try fields.text("sha256"), count: 32) else {
            throw ManifestFields.mistake("a page hash is not 32 bytes in hex")
        }
        sha256 = hash
    }
}

extension SnapshotCounts {
    fileprivate var fields: [String: Int] {
        [
            "sources": sources, "programmes": programmes, "residents": residents, "cards": cards,
            "entitlements": entitlements, "payments": payments,
        ]
    }

    fileprivate init(json: CanonicalJSON) throws(HubProtocolError) {
        let names = Set(SnapshotCounts().fields.keys)
        let fields = try ManifestFields(json, keys: names)
        func count(_ key: String) throws(HubProtocolError) -> Int {
            Int(truncatingIfNeeded: try fields.integer(key, 0...SnapshotFormat.maximumInteger))
        }
        self.init()
        sources = try count("sources")
        programmes = try count("programmes")
        residents = try count("residents")
        cards = try count("cards")
        entitlements = try count("entitlements")
        payments = try count("payments")
    }
}

/// The members of one object of the manifest, which must be exactly the expected ones.
private struct ManifestFields {
    private let members: [String: CanonicalJSON]

    init(_ json: CanonicalJSON, keys: Set<String>) throws(HubProtocolError) {
        guard let members = json.objectValue, Set(members.keys) == keys else {
            throw Self.mistake("the manifest misses a field or has one too many")
        }
        self.members = members
    }

    func value(_ key: String) throws(HubProtocolError) -> CanonicalJSON {
        guard let value = members[key] else { throw Self.mistake("the manifest misses \(key)") }
        return value
    }

    func integer(_ key: String, _ range: ClosedRange<Int64>) throws(HubProtocolError) -> Int64 {
        guard let number = members[key]?.integerValue, range.contains(number) else {
            throw Self.mistake("\(key) of the manifest is not a number within its bounds")
        }
        return number
    }

    func text(_ key: String) throws(HubProtocolError) -> String {
        guard let text = members[key]?.stringValue else { throw Self.mistake("\(key) of the manifest is not a text") }
        return text
    }

    func array(_ key: String, max: Int) throws(HubProtocolError) -> [CanonicalJSON] {
        guard let array = members[key]?.arrayValue else {
            throw Self.mistake("\(key) of the manifest is not an array")
        }
        guard array.count <= max else {
            throw HubProtocolError(.ledgerTooLarge, "the manifest has more than \(max) \(key)")
        }
        return array
    }

    static func mistake(_ message: String) -> HubProtocolError { HubProtocolError(.ledgerFormat, message) }
}
