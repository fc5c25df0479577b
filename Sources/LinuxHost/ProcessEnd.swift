import Glibc

/// The end of a process that may have left threads behind in calls that do not come back.
package enum ProcessEnd {
    /// Writes out what is buffered and ends the process at once.
    ///
    /// Nothing else is torn down: a thread that is still inside libpcsclite, or just leaving it, would run into
    /// destroyed globals, and the process would crash instead of ending with its status.
    package static func now(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}
