import CLinuxHost
import Glibc
package import HubProtocol
package import Station
import Synchronization

/// Answers questions of the command line over a Unix socket, from root and the daemon's own user.
///
/// One thread takes one connection at a time: questions are rare and short. The peer's user is taken from the kernel.
package final class ControlServer: Sendable {
    /// What is done with a question.
    package typealias Handler = @Sendable ([String: CanonicalJSON]) async -> [String: CanonicalJSON]

    private let path: String
    private let users: Set<UInt32> = [0, geteuid()]
    private let handler: Handler
    private let descriptor = Mutex<Int32>(-1)

    /// - Parameters:
    ///   - path: of the socket; a file that stands there is replaced.
    ///   - handler: makes the answer.
    package init(path: String, handler: @escaping Handler) {
        self.path = path
        self.handler = handler
    }

    /// Opens the socket and begins to answer.
    ///
    /// - Throws: `service.storage` when the socket cannot be made.
    package func start() throws(StationError) {
        guard var address = UnixSocketAddress(path: path) else {
            throw StationError(.storage, "the path of the control socket is too long")
        }
        unlink(path)
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let mask = umask(0o177)
        let bound = address.withPointer { bind(listener, $0, $1) }
        umask(mask)
        guard listener >= 0, bound == 0, listen(listener, 8) == 0 else {
            if listener >= 0 { close(listener) }
            throw StationError(.storage, "the control socket cannot be opened (errno \(errno))")
        }
        descriptor.withLock { $0 = listener }
        Thread.start(name: "control") { [self] in serve(listener) }
    }

    /// Closes the socket; the thread ends by itself.
    package func stop() {
        descriptor.withLock { listener in
            guard listener >= 0 else { return }
            shutdown(listener, Int32(SHUT_RDWR))
            close(listener)
            listener = -1
        }
        unlink(path)
    }

    private func serve(_ listener: Int32) {
        while true {
            let connection = CLinuxHost_accept(listener)
            guard connection >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            answer(connection)
            close(connection)
        }
    }

    private func answer(_ connection: Int32) {
        let stream = LineStream(descriptor: connection, timeoutSeconds: ControlMessage.timeoutSeconds)
        var user: UInt32 = .max
        guard CLinuxHost_peer_user(connection, &user) == 0, users.contains(user) else {
            let error = StationError(.controlDenied, "user \(user) may not ask this daemon")
            stream.write(ControlMessage.line(ControlMessage.failure(error)))
            return
        }
        guard let line = stream.readLine(limit: ControlMessage.lineLengthMax) else { return }
        let reply: [String: CanonicalJSON]
        do {
            let question = try ControlMessage.parse(line)
            let handler = handler
            reply = Thread.wait { await handler(question) }
        } catch {
            reply = ControlMessage.failure(error)
        }
        stream.write(ControlMessage.line(reply))
    }
}
