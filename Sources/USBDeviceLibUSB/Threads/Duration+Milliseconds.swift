import Dispatch

extension Duration {
    /// The duration in whole milliseconds, rounded up, from 1 to what 31 bits hold: 24 days.
    var milliseconds: UInt32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 1 }
        let limit = Int64(Int32.max)
        guard seconds < limit / 1000 else { return UInt32(limit) }
        return UInt32(max(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000, 1))
    }

    var dispatchInterval: DispatchTimeInterval { .milliseconds(Int(milliseconds)) }
}
