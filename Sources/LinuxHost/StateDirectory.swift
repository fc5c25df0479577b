import CLinuxHost
import Glibc
import Station

/// The directory in which the daemon keeps its state.
package enum StateDirectory {
    /// Below this many free bytes the disk counts as nearly full: a week of a busy journal and one ledger import.
    package static let freeBytesMin: UInt64 = 512 * 1_024 * 1_024

    /// Makes the directory with mode 0700, or checks that an existing one is not open to others.
    ///
    /// - Throws: `service.storage`.
    package static func prepare(_ path: String) throws {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw StationError(.storage, "the state directory cannot be made (errno \(errno))")
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw StationError(.storage, "the state directory is not a directory")
        }
        guard status.st_uid == geteuid() || geteuid() == 0 else {
            throw StationError(.storage, "the state directory belongs to another user")
        }
        if status.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 {
            throw StationError(.storage, "the state directory is open to other users")
        }
    }

    /// Free bytes on the disk of that path, or nil when it cannot be told.
    package static func freeBytes(_ path: String) -> UInt64? {
        var bytes: UInt64 = 0
        return CLinuxHost_free_bytes(path, &bytes) == 0 ? bytes : nil
    }
}
