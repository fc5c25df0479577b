/// Which way an endpoint carries data, seen from the host (USB 2.0, 5.3.1).
public enum USBDirection: Hashable, Sendable, CaseIterable {
    /// To the device.
    case out
    /// From the device.
    case `in`
}
