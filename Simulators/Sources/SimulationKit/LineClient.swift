import Glibc

/// Asks a simulator over a socket that takes one line and answers with one.
public enum LineClient: Sendable {
    /// How long an answer may take, seconds.
    private static let secondsMax = 10
    /// The longest answer, bytes: a printed roll of paper.
    private static let answerBytesMax = 1 << 20

    /// Sends a line and waits for the answer.
    ///
    /// - Parameters:
    ///   - line: what is asked, without a line end.
    ///   - path: of the socket.
    /// - Returns: the answer without its line end.
    /// - Throws: ``SimulationError``: `sim.not-running`, `sim.system`.
    public static func ask(_ line: String, at path: String) throws(SimulationError) -> String {
        let connection = try UnixSocket.connect(.stream, to: path)
        UnixSocket.setTimeout(connection, seconds: secondsMax)
        let request = Array("\(line)\n".utf8)
        guard send(connection.number, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw UnixSocket.failure("write to \(path)")
        }
        let end = UInt8(ascii: "\n")
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while answer.last != end {
            let count = recv(connection.number, &buffer, buffer.count, 0)
            guard count > 0, answer.count < answerBytesMax else { throw UnixSocket.failure("read from \(path)") }
            answer += buffer[..<count]
        }
        return String(decoding: answer.dropLast(), as: UTF8.self)
    }
}
