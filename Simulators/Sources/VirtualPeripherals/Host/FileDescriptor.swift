import Glibc

/// A file descriptor that is closed with its last owner.
final class FileDescriptor: Sendable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Lets reads and writes fail rather than wait, and keeps the descriptor from programs that are started.
    func makeNonBlocking() -> Bool {
        fcntl(number, F_SETFL, O_NONBLOCK) == 0 && fcntl(number, F_SETFD, FD_CLOEXEC) == 0
    }
}

/// The failure of a system call.
func systemFailure(_ attempt: String) -> PeripheralFailure {
    PeripheralFailure("cannot \(attempt): \(String(cString: strerror(errno)))")
}

/// Milliseconds of the monotonic clock.
func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
