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
    /// - Throws: `service.not-running` when nobody answers; the daemon's own code when it tells a failure.
    package func ask(
        _ question: [String: CanonicalJSON],
        timeoutSeconds: Int = ControlMessage.timeoutSeconds
    )
        throws -> [String: CanonicalJSON]
    {
        let descriptor = try connect()
        defer { close(descriptor) }
        let stream = LineStream(descriptor: descriptor, timeoutSeconds: timeoutSeconds)
        stream.write(ControlMessage.line(question))
        guard let line = stream.readLine(limit: ControlMessage.lineLengthMax) else {
            throw StationError(.serviceNotRunning, "the daemon did not answer within \(timeoutSeconds) s")
        }
        let answer = try ControlMessage.parse(line)
        if case .object(let error)? = answer["error"] { throw RemoteFailure(error) }
        return answer
    }

    private func connect() throws(StationError) -> Int32 {
        guard var address = UnixSocketAddress(path: path) else {
            throw StationError(.serviceNotRunning, "the path of the control socket is too long")
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw StationError(.serviceNotRunning, "no socket (errno \(errno))") }
        guard address.withPointer({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            let reason = errno
            close(descriptor)
            if reason == EACCES { throw StationError(.controlDenied, "this user may not ask the daemon") }
            throw StationError(.serviceNotRunning, "no daemon answers at its control socket")
        }
        return descriptor
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
