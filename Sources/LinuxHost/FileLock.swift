import Glibc
import Station

/// A lock that one process holds as long as the value lives; the kernel lets it go when the process dies.
package final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: `service.storage` when another process holds it or the file cannot be made.
    package init(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw StationError(.storage, "the lock file cannot be made (errno \(errno))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StationError(.storage, "another process works with this state directory")
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
