/// What a device does at the end of its cable: a value without socket, thread or clock.
///
/// The same machine stands behind a USB device and behind a serial line. Faults of the line are not its matter, except
/// those that only it can make: a wrong check sum, a wrong status.
package protocol Peripheral: Sendable {
    /// Kind of device for states and messages, such as `samv`.
    var kind: String { get }

    /// Whether the device takes more bytes now; if not, the host has to wait.
    var takesBytes: Bool { get }

    /// The power came on, or the host reset the line: forgets half a frame, and after power everything that is not
    /// kept without it.
    mutating func restart(afterPower: Bool)

    /// Takes bytes of the host.
    ///
    /// - Parameters:
    ///   - bytes: what came, in any pieces.
    ///   - pipe: through which line.
    ///   - faults: those that only the device can make; they count when they strike.
    /// - Returns: answers; an empty list for none.
    mutating func receive(_ bytes: [UInt8], on pipe: Pipe, faults: inout PeripheralFaults) -> [PeripheralOutput]

    /// Answers a class request on endpoint zero.
    ///
    /// - Parameters:
    ///   - setup: the request.
    ///   - data: what the host sends with it.
    ///   - faults: those that only the device can make.
    /// - Returns: nil refuses the request.
    mutating func control(_ setup: SetupPacket, _ data: [UInt8], faults: inout PeripheralFaults) -> ControlAnswer?

    /// Does what a hand does to this kind of device.
    ///
    /// - Parameter command: what is done.
    /// - Returns: what becomes of it.
    /// - Throws: ``PeripheralFailure`` for a command of another kind of device.
    mutating func perform(_ command: DeviceCommand) throws(PeripheralFailure) -> HandResult

    /// More of the state, as pairs for the control side.
    var state: [String: String] { get }
}

extension Peripheral {
    /// Most devices take everything at once.
    package var takesBytes: Bool { true }

    /// Most devices know no class requests.
    package mutating func control(
        _ setup: SetupPacket,
        _ data: [UInt8],
        faults: inout PeripheralFaults
    ) -> ControlAnswer? { nil }
}
