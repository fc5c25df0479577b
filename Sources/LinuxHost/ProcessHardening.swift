import CLinuxHost

/// What a process does before it touches anything of a person.
package enum ProcessHardening {
    /// Switches core dumps and tracing by other processes off.
    ///
    /// - Returns: whether the kernel agreed.
    package static func disableDumps() -> Bool {
        CLinuxHost_disable_dumps() == 0
    }
}
