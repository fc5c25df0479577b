import Crypto
import Glibc

/// Size and SHA-256 of a file.
struct FileFingerprint: Sendable {
    let bytes: Int64
    let sha256: [UInt8]

    private static let chunkBytes = 1024 * 1024

    /// Reads the whole file.
    ///
    /// - Throws: `ledger.missing`, `ledger.storage`; `CancellationError`.
    init(path: String, isCancelled: () -> Bool) throws {
        let file = try HostFile.Descriptor(path: path, flags: O_RDONLY)
        var hash = SHA256()
        var total: Int64 = 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkBytes, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            if isCancelled() { throw CancellationError() }
            let count = try file.read(into: buffer)
            if count == 0 { break }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            total += Int64(count)
        }
        bytes = total
        sha256 = [UInt8](hash.finalize())
    }
}
