/// Plugs and unplugs the reader of a simulated USB.
public enum USBControl: Sendable {
    /// What is asked.
    public enum Action: String, Sendable, CaseIterable {
        /// Plugs the reader.
        case plug
        /// Unplugs it, with whatever card is in it.
        case unplug
        /// Asks only.
        case status
    }

    /// Sends an action.
    ///
    /// - Parameters:
    ///   - action: what to do.
    ///   - path: of the USB socket of the state directory.
    /// - Returns: whether the reader is plugged afterwards.
    /// - Throws: ``SimulationError``: `sim.not-running`, `sim.system`.
    public static func send(_ action: Action, to path: String) throws(SimulationError) -> Bool {
        switch try LineClient.ask(action.rawValue, at: path) {
        case "plugged": return true
        case "unplugged": return false
        default:
            throw SimulationError(.system, "the USB simulation refused", remedy: "see pcscd.log of the state directory")
        }
    }
}
