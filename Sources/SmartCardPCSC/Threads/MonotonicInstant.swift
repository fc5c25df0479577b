import Glibc

/// A moment on the monotonic clock, in nanoseconds; the clock does not run while the machine sleeps.
struct MonotonicInstant: Hashable, Comparable, Sendable {
    var nanoseconds: UInt64

    /// The current moment.
    static var now: MonotonicInstant {
        var time = Glibc.timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicInstant(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
    }

    /// A moment that does not come.
    static let distantFuture = MonotonicInstant(nanoseconds: UInt64.max / 2)

    /// The moment in the C form.
    var timespec: Glibc.timespec {
        Glibc.timespec(
            tv_sec: Int(clamping: nanoseconds / 1_000_000_000),
            tv_nsec: Int(nanoseconds % 1_000_000_000)
        )
    }

    static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool { left.nanoseconds < right.nanoseconds }

    static func + (instant: MonotonicInstant, duration: Duration) -> MonotonicInstant {
        let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return overflow ? .distantFuture : min(MonotonicInstant(nanoseconds: sum), .distantFuture)
    }
}

extension Duration {
    /// The duration in nanoseconds, from 0 to the most that 64 bits hold.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, tooLong) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflow) = product.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
        return tooLong || overflow ? .max : sum
    }

    /// The duration in milliseconds, as far as 32 bits hold; the form of the waits of libpcsclite.
    var wholeMilliseconds: UInt32 { UInt32(clamping: wholeNanoseconds / 1_000_000) }
}
