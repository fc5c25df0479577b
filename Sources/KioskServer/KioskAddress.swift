import Synchronization

/// By what name a browser may call this server; known once the server listens.
final class KioskAddress: Sendable {
    private let host: String
    private let port: Mutex<Int>

    init(host: String, port: Int) {
        self.host = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        self.port = Mutex(port)
    }

    /// Takes in the port that was really taken.
    func listens(at port: Int) { self.port.withLock { $0 = port } }

    /// Whether a `Host` header names this server: nothing else does, so that no foreign name can be bound to it.
    func isHost(_ authority: String?) -> Bool { authority == name }

    /// Whether an `Origin` header names a page of this server.
    func isOrigin(_ origin: String) -> Bool { origin == "http://\(name)" }

    private var name: String { "\(host):\(port.withLock { $0 })" }
}
