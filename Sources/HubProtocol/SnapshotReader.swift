import Crypto

/// Reads a ledger file from any source of bytes, in bounded memory, trusting nothing before it is verified.
///
/// The manifest's signature is verified before the manifest is read; each page's hash before the page is opened.
/// Whether the file is for this station, and newer than the one in use, is for the caller to decide.
public struct SnapshotReader {
    /// What stands in front of the pages; its signature holds.
    public let front: SnapshotFront
    /// What the file is; verified.
    public let manifest: SnapshotManifest
    /// Bytes read so far.
    public private(set) var bytesRead: Int64

    private let source: (UnsafeMutableRawBufferPointer) throws -> Int
    private var pageIndex = 0
    private var pageKey: SymmetricKey?

    /// Reads and verifies what stands in front of the pages.
    ///
    /// - Parameters:
    ///   - hubKeys: The city's keys that this station trusts.
    ///   - source: Fills a part of the buffer, at least one byte, and returns how many; 0 only at the end.
    /// - Throws: `ledger.truncated`, `ledger.format`, `ledger.too-large`, `ledger.key-unknown` or `ledger.signature`, and
    ///   what the source throws.
    public init(
        hubKeys: VerificationKeys,
        source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws {
        self.source = source
        front = try SnapshotFront { try Self.read($0, from: source) }
        manifest = try front.verifiedManifest(hubKeys: hubKeys)
        bytesRead = Int64(front.bytes.count)
    }

    /// Size of the whole file as the manifest says, bytes.
    public var totalBytes: Int64 { Int64(front.bytes.count) + manifest.pageBytes }

    /// The next page, opened; nil after the last one, when nothing follows it.
    ///
    /// - Parameter groupKey: The group key that the manifest names.
    /// - Returns: Whole records, up to ``SnapshotFormat/maximumPageBytes``.
    /// - Throws: `ledger.truncated`, `ledger.tampered` or `ledger.key-unknown`, and what the source throws.
    public mutating func nextPage(groupKey: StationGroupKey) throws -> [UInt8]? {
        guard pageIndex < manifest.pages.count else {
            guard try Self.isAtEnd(source) else {
                throw HubProtocolError(.ledgerTampered, "something follows the last page")
            }
            return nil
        }
        guard groupKey.keyID == manifest.groupKeyID else {
            throw HubProtocolError(.ledgerKeyUnknown, "the ledger file is for group key \(manifest.groupKeyID)")
        }
        let page = manifest.pages[pageIndex]
        let sealed = try Self.read(page.bytes, from: source)
        guard SHA256.hash(data: sealed) == page.sha256 else {
            throw HubProtocolError(.ledgerTampered, "page \(pageIndex) is not the one that the manifest names")
        }
        let key = pageKey ?? groupKey.pageKey(salt: manifest.salt, generation: manifest.generation)
        pageKey = key
        let opened = try SnapshotPage.open(sealed, key: key, index: pageIndex, generation: manifest.generation)
        pageIndex += 1
        bytesRead += Int64(page.bytes)
        return opened
    }

    private static func read(
        _ count: Int,
        from source: (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<count]
                )
                let read = try source(rest)
                guard read > 0 else { throw HubProtocolError(.ledgerTruncated, "the ledger file ends too early") }
                filled += min(read, rest.count)
            }
        }
    }

    private static func isAtEnd(_ source: (UnsafeMutableRawBufferPointer) throws -> Int) throws -> Bool {
        var byte: UInt8 = 0
        return try withUnsafeMutableBytes(of: &byte) { try source($0) } == 0
    }
}

@available(*, unavailable)
extension SnapshotReader: Sendable {}
