import Glibc
import Station

/// Small files that only their owner may read.
package enum PrivateFile {
    /// Writes text to a file of mode 0600, whole or not at all.
    ///
    /// - Throws: `service.storage`.
    package static func write(_ text: String, to path: String) throws {
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw StationError(.storage, "a file cannot be made (errno \(errno))") }
        let bytes = Array(text.utf8)
        let written = Glibc.write(descriptor, bytes, bytes.count)
        let synced = fsync(descriptor)
        close(descriptor)
        guard written == bytes.count, synced == 0, rename(temporary, path) == 0 else {
            unlink(temporary)
            throw StationError(.storage, "a file cannot be written (errno \(errno))")
        }
    }
}
