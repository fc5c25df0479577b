import CivilIdentity
import Foundation
import GRDB
import Glibc
import HubProtocol
import Synchronization

/// One import, from the first byte of the file to the new name in `current`.
///
/// Two threads share the work: this one reads, verifies, decodes and hashes; the other one seals and inserts.
struct ImportRun {
    let importer: LedgerImporter
    let progress: @Sendable (ImportProgress) -> Void
    let isCancelled: @Sendable () -> Bool

    private var directory: LedgerDirectory { importer.directory }

    /// Batches that may wait between the threads.
    private static let queueCapacity = 8

    func run(path: String) throws -> ImportReport {
        try LedgerError.translating {
            try HostFile.makeDirectory(directory.path)
            let lock = try directory.lock()
            defer { _ = lock.number }
            try directory.removeLeftovers()
            let current = try currentLedger()
            let file = try HostFile.Descriptor(path: path, flags: O_RDONLY)
            var reader = try SnapshotReader(hubKeys: importer.hubKeys) { try file.read(into: $0) }
            let groupKey = try checked(reader, against: current)
            do {
                let name = try build(&reader, groupKey: groupKey)
                try directory.writeCurrent(name, storageKey: importer.storageKey)
                try? directory.removeSuperseded(by: name.fileName)
                return ImportReport(
                    generation: reader.manifest.generation,
                    division: reader.manifest.division,
                    createdAt: reader.manifest.createdAt,
                    counts: reader.manifest.counts,
                    databaseBytes: name.bytes,
                    previousGeneration: current?.generation
                )
            } catch {
                try? directory.removeLeftovers()
                throw error
            }
        }
    }

    func verify(path: String) throws -> SnapshotManifest {
        try LedgerError.translating {
            let file = try HostFile.Descriptor(path: path, flags: O_RDONLY)
            var reader = try SnapshotReader(hubKeys: importer.hubKeys) { try file.read(into: $0) }
            let groupKey = try checked(reader, against: nil)
            try forEachPage(&reader, groupKey: groupKey) { _, _ in }
            return reader.manifest
        }
    }

    // MARK: - Before the pages

    /// The ledger in use; a damaged or foreign `current` does not stop the import that repairs it.
    private func currentLedger() throws -> CurrentLedger? {
        do {
            return try directory.readCurrent(storageKey: importer.storageKey)
        } catch  where error.code == .damaged {
            try directory.setAsideCurrent()
            return nil
        } catch  where error.code == .keyUnknown {
            return nil
        }
    }

    private func checked(_ reader: SnapshotReader, against current: CurrentLedger?) throws -> StationGroupKey {
        let manifest = reader.manifest
        guard manifest.division.contains(importer.stationDivision) else {
            throw LedgerError(.foreignDivision, "the ledger file is for \(manifest.division), not for this station")
        }
        if let current {
            let isSame =
                manifest.generation == current.generation && reader.front.manifestHash == current.manifestHash
            guard manifest.generation > current.generation || isSame else {
                throw LedgerError(
                    .older,
                    "the ledger file has generation \(manifest.generation), the ledger in use \(current.generation)"
                )
            }
        }
        guard let key = importer.groupKeys[manifest.groupKeyID] else {
            throw LedgerError(.keyUnknown, "the ledger file is for group key \(manifest.groupKeyID)")
        }
        return key
    }

    // MARK: - The pages

    /// Reads the pages to the end and hands every record over with its bytes.
    private func forEachPage(
        _ reader: inout SnapshotReader,
        groupKey: StationGroupKey,
        _ body: (SnapshotRecord, ArraySlice<UInt8>) throws -> Void
    ) throws {
        var decoder = SnapshotRecordDecoder(manifest: reader.manifest)
        while let page = try reader.nextPage(groupKey: groupKey) {
            if isCancelled() { throw CancellationError() }
            try decoder.begin(page: page)
            while let record = try decoder.next() { try body(record, page[decoder.bodyRange]) }
            report(.reading, reader, decoder.counts)
        }
        try decoder.finish()
    }

    private func build(_ reader: inout SnapshotReader, groupKey: StationGroupKey) throws -> CurrentLedger {
        let salt = (0..<ColumnSeal.saltBytes).map { _ in UInt8.random(in: .min ... .max) }
        let seal = ColumnSeal(storageKey: importer.storageKey, salt: salt)
        let database = try NewLedger(path: directory.importingPath)
        let queue = BatchQueue(capacity: Self.queueCapacity)
        let inserting = BackgroundWork(name: "ledger-insert") {
            defer { queue.abandon() }
            try database.insert(from: queue, seal: seal)
        }
        var builder = RowBuilder(pseudonymKey: groupKey.pseudonymKey)
        do {
            try forEachPage(&reader, groupKey: groupKey) { record, body in
                builder.add(record, body: body)
                guard builder.batch.isFull else { return }
                // When the other thread has given up, its error is thrown below.
                guard queue.push(builder.batch) else { throw CancellationError() }
                builder.batch = RowBatch()
            }
            _ = queue.push(builder.batch)
            queue.finish()
        } catch {
            queue.finish()
            try inserting.wait()
            throw error
        }
        try inserting.wait()
        report(.indexing, reader, reader.manifest.counts)
        try database.finish(
            front: reader.front,
            salt: salt,
            storageKeyID: importer.storageKey.keyID,
            sources: builder.sources,
            programmes: builder.programmes,
            counts: reader.manifest.counts
        )
        if isCancelled() { throw CancellationError() }
        report(.finishing, reader, reader.manifest.counts)
        return try publish(reader)
    }

    /// Makes the finished database lasting under its name.
    private func publish(_ reader: SnapshotReader) throws -> CurrentLedger {
        let fingerprint = try FileFingerprint(path: directory.importingPath, isCancelled: isCancelled)
        do {
            let file = try HostFile.Descriptor(path: directory.importingPath, flags: O_RDONLY)
            try file.sync()
        }
        let name = directory.newName(generation: reader.manifest.generation)
        try HostFile.rename(directory.importingPath, to: directory.path(of: name))
        try HostFile.syncDirectory(directory.path)
        return CurrentLedger(
            fileName: name,
            generation: reader.manifest.generation,
            bytes: fingerprint.bytes,
            fileHash: fingerprint.sha256,
            manifestHash: reader.front.manifestHash
        )
    }

    private func report(_ phase: ImportProgress.Phase, _ reader: SnapshotReader, _ counts: SnapshotCounts) {
        progress(
            ImportProgress(
                phase: phase,
                bytesDone: reader.bytesRead,
                bytesTotal: reader.totalBytes,
                records: counts.records
            )
        )
    }
}
