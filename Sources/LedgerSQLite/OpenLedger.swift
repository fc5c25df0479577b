import Benefits
import CivilIdentity
import GRDB
import Glibc
import HubProtocol

/// One ledger, opened for reading; it never changes, and another one takes its place.
final class OpenLedger: Sendable {
    let current: CurrentLedger
    let manifest: SnapshotManifest
    let programmes: [Programme]
    let programmeCodes: [ProgrammeCode]
    let sourceCodes: [String]
    let seal: ColumnSeal
    let queue: DatabaseQueue

    /// Page cache, KiB: the upper levels of every index of a large city, and little enough for a small machine.
    private static let cacheKiB = 4 * 1024
    private static let headerBytes = 100

    /// Opens a ledger after a light check: size, header, schema, signed manifest, keys.
    ///
    /// - Throws: `ledger.damaged`, `ledger.missing`, `ledger.key-unknown`, `ledger.foreign-division`, `ledger.format` or
    ///   `ledger.storage`.
    init(_ current: CurrentLedger, in directory: LedgerDirectory, trust: LedgerTrust) throws {
        let path = directory.path(of: current.fileName)
        try Self.checkHeader(path, size: current.bytes)
        let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
        let contents = try queue.read { try Contents($0) }
        let manifest: SnapshotManifest
        do {
            let front = try SnapshotFront(bytes: contents.front)
            guard front.manifestHash == current.manifestHash else { throw Self.damaged("the manifest is another one") }
            manifest = try front.verifiedManifest(hubKeys: trust.hubKeys)
        } catch let error as HubProtocolError where error.code != .ledgerKeyUnknown {
            throw LedgerError(.damaged, "the signed manifest of the ledger does not hold", cause: error)
        }
        guard manifest.generation == current.generation, contents.sourceCodes == manifest.sources.map(\.source) else {
            throw Self.damaged("the ledger is not the one of its manifest")
        }
        guard contents.storageKeyID == Int64(trust.storageKey.keyID) else {
            throw LedgerError(.keyUnknown, "the ledger was sealed under another storage key")
        }
        if let division = trust.stationDivision, !manifest.division.contains(division) {
            throw LedgerError(.foreignDivision, "the ledger is for \(manifest.division), not for this station")
        }
        self.current = current
        self.manifest = manifest
        self.queue = queue
        programmes = contents.programmes
        programmeCodes = contents.programmes.map(\.code)
        sourceCodes = contents.sourceCodes
        seal = ColumnSeal(storageKey: trust.storageKey, salt: contents.salt)
        try prepareStatements()
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "ledger"
        configuration.readonly = true
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            // Exclusive for a reader means: the shared lock is taken once and kept, since the file never changes.
            // No memory mapping: a read error of the disk shall be an error, not a signal that ends the service.
            try database.execute(
                sql: """
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA cache_size = -\(cacheKiB);
                    PRAGMA mmap_size = 0;
                    """
            )
        }
        return configuration
    }

    static func damaged(_ what: String, line: Int = #line) -> LedgerError {
        LedgerError(.damaged, what, line: line)
    }

    /// Size, and the first bytes of every SQLite database with our application id and version (SQLite file format, 1.3).
    private static func checkHeader(_ path: String, size: Int64) throws {
        let file = try HostFile.Descriptor(path: path, flags: O_RDONLY | O_NOFOLLOW)
        guard try file.size() == size else { throw damaged("the ledger has another size than when it was imported") }
        let header = try file.read(atMost: headerBytes)
        func number(at offset: Int) -> Int32 {
            header[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int32($1) }
        }
        guard header.count == headerBytes, header.starts(with: Array("SQLite format 3\0".utf8)),
            number(at: 68) == LedgerSchema.applicationID
        else { throw damaged("the ledger does not begin as a ledger does") }
        guard number(at: 60) == LedgerSchema.version else {
            throw LedgerError(.format, "the ledger has another schema version; import the ledger file again")
        }
    }

    /// Compiles the statements of a look-up once, which also shows that the schema is the expected one.
    private func prepareStatements() throws {
        try queue.read { database in
            for sql in LedgerQuery.all { _ = try database.cachedStatement(sql: sql) }
        }
    }

    /// The small tables.
    private struct Contents {
        var front: [UInt8] = []
        var salt: [UInt8] = []
        var storageKeyID: Int64 = -1
        var sourceCodes: [String] = []
        var programmes: [Programme] = []

        init(_ database: Database) throws {
            let meta = try RowReader(database, "SELECT front, salt, storage_key FROM meta WHERE id = ?", 1)
            guard try meta.next() else { throw OpenLedger.damaged("the ledger says nothing about itself") }
            front = Array(meta.blob(0))
            salt = Array(meta.blob(1))
            storageKeyID = meta.number(2)
            let sources = try RowReader(database, "SELECT code FROM sources ORDER BY id")
            while try sources.next() { sourceCodes.append(sources.text(0)) }
            let rows = try RowReader(
                database,
                """
                SELECT code, name_zh, name_en, category, department, department_zh, department_en, unit
                FROM programmes ORDER BY id
                """
            )
            while try rows.next() {
                guard let code = ProgrammeCode(rawValue: rows.text(0)),
                    let category = AssistanceCategory(rawValue: rows.text(3)),
                    let unit = BeneficiaryUnit(rawValue: rows.text(7))
                else { throw OpenLedger.damaged("a programme of the ledger is not one that an import writes") }
                programmes.append(
                    Programme(
                        code: code,
                        name: BilingualText(chinese: rows.text(1), english: rows.text(2)),
                        category: category,
                        department: rows.text(4),
                        departmentName: BilingualText(chinese: rows.text(5), english: rows.text(6)),
                        unit: unit
                    )
                )
            }
        }
    }
}

/// What a ledger is checked against.
struct LedgerTrust: Sendable {
    let hubKeys: VerificationKeys
    let storageKey: StorageKey
    let stationDivision: DivisionCode?
}
