import Glibc

/// A pipe that becomes readable when an operation is cancelled, so that a thread that waits in `poll` wakes.
///
/// The pipe lives as long as this object; cancelling too late does nothing.
final class CancelSignal: Sendable {
    /// The end to wait at.
    let descriptor: Int32
    private let trigger: Int32

    /// Makes a signal; nil when the system has no descriptor left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        (descriptor, trigger) = (ends[0], ends[1])
        // Programs that this process starts must not inherit them.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        close(descriptor)
        close(trigger)
    }

    func cancel() {
        var byte: UInt8 = 1
        _ = write(trigger, &byte, 1)
    }
}
