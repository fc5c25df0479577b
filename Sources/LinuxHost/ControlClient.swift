import Glibc
package import HubProtocol
import Station

/// Asks the running daemon.
package struct ControlClient: Sendable {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// Sends a question and waits for its answer.
    ///
    /// - Throws: `service.not-running` when no daemon is there; `service.not-answering` when one is there and gives no
    ///   answer in time; the daemon's own code when it tells a failure.
    package func ask(
        _ question: [String: CanonicalJSON],
        timeoutSeconds: Int = ControlMessage.timeoutSeconds
    )
        throws -> [String: CanonicalJSON]
    {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw StationError(.serviceNotRunning, "no socket (errno \(errno))") }
        defer { close(descriptor) }
        // Before connecting: a daemon that takes no connections makes even that wait.
        let stream = LineStream(descriptor: descriptor, timeoutSeconds: timeoutSeconds)
        try connect(descriptor)
        stream.write(ControlMessage.line(question))
        guard let line = stream.readLine(limit: ControlMessage.lineLengthMax) else {
            throw StationError(.serviceNotAnswering, "the daemon gave no answer within \(timeoutSeconds) s")
        }
        let answer = try ControlMessage.parse(line)
        if case .object(let error)? = answer["error"] { throw RemoteFailure(error) }
        return answer
    }

    private func connect(_ descriptor: Int32) throws(StationError) {
        guard var address = UnixSocketAddress(path: path) else {
            throw StationError(.serviceNotRunning, "the path of the control socket is too long")
        }
        guard address.withPointer({ Glibc.connect(descriptor, $0, $1) }) != 0 else { return }
        switch errno {
        case EACCES: throw StationError(.controlDenied, "this user may not ask the daemon")
        case EAGAIN: throw StationError(.serviceNotAnswering, "the daemon takes no connection")
        default: throw StationError(.serviceNotRunning, "no daemon answers at its control socket")
        }
    }
}

/// A failure that the daemon told.
package struct RemoteFailure: CodedFailure, CustomStringConvertible {
    package let failureCode: String
    package let description: String

    init(_ fields: [String: CanonicalJSON]) {
        if case .string(let code)? = fields["code"] { failureCode = code } else { failureCode = "service.failure" }
        if case .string(let message)? = fields["message"] { description = message } else { description = "failed" }
    }
}
