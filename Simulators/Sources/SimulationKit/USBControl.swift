import Glibc

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

    /// How long an answer may take, seconds.
    private static let secondsMax = 5

    /// Sends an action.
    ///
    /// - Parameters:
    ///   - action: what to do.
    ///   - path: of the USB socket of the state directory.
    /// - Returns: whether the reader is plugged afterwards.
    /// - Throws: ``SimulationError``: `sim.not-running`, `sim.system`.
    public static func send(_ action: Action, to path: String) throws(SimulationError) -> Bool {
        let connection = try UnixSocket.connect(.stream, to: path)
        UnixSocket.setTimeout(connection, seconds: secondsMax)
        let line = Array("\(action.rawValue)\n".utf8)
        guard Glibc.send(connection.number, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else {
            throw UnixSocket.failure("write to \(path)")
        }
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = recv(connection.number, &buffer, buffer.count, 0)
        guard count > 0 else { throw UnixSocket.failure("read from \(path)") }
        switch String(decoding: buffer[..<count], as: UTF8.self) {
        case "plugged\n": return true
        case "unplugged\n": return false
        default:
            throw SimulationError(.system, "the USB simulation refused", remedy: "see pcscd.log of the state directory")
        }
    }
}
