/// How a device answers a class control request.
package enum ControlAnswer: Hashable, Sendable {
    /// These bytes for the host.
    case data([UInt8])
    /// The bytes of the host are taken.
    case accepted
}
