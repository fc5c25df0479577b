/// How long each step may take before its caller is let go.
struct LibUSBLimits: Sendable {
    /// Starting the library and listing the devices: reading some files.
    var start: Duration = .seconds(3)
    /// Asking the devices that are there at the start for their texts.
    var firstSurvey: Duration = .seconds(5)
    /// One text of a device; after one that does not come, no more are asked for.
    var text: Duration = .milliseconds(500)
    /// Opening: the kernel answers at once, or wakes a sleeping device first.
    var open: Duration = .seconds(2)
    /// Claiming or giving back, with a kernel driver that lets go or starts again.
    var claim: Duration = .seconds(3)
    /// Clearing a halt: a control transfer, for which the kernel gives the device 5 s; so long no station waits.
    var clearHalt: Duration = .seconds(2)
    /// Resetting: some 100 ms for each hub on the way, and several tries of the kernel.
    var reset: Duration = .seconds(8)
    /// Closing, with the end of all transfers.
    var close: Duration = .seconds(2)
    /// Ending the bus.
    var shutdown: Duration = .seconds(3)
    /// How long after its own end, or after its cancellation, a transfer may stay in the kernel before its caller is let go
    /// without it.
    var transferGrace: Duration = .milliseconds(500)
    /// How often transfers are looked through for those that stay too long.
    var tick: Duration = .milliseconds(250)
    /// How long to sleep while no device is open; only events wake then.
    var idleTick: Duration = .seconds(60)
    /// The pause after a wait for events that failed, so that a failure that stays does not take a processor.
    var failurePause: Duration = .milliseconds(10)
}
