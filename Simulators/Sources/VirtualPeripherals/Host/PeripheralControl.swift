import Foundation
import Glibc

/// The control socket of simulated devices: one line in, one line out.
///
/// A line is the name of a device and a command (``DeviceCommand``), such as `printer paper out`; `list` names the
/// devices. The answer begins with `ok` or `error`; line ends and backslashes in a text are written as `\n` and `\\`.
package final class PeripheralControl: Sendable {
    /// How long a client may take for its line, seconds.
    private static let clientSecondsMax = 5

    private let host: PeripheralHost
    private let document: @Sendable (String) -> VirtualDocument?
    private let listener: FileDescriptor

    /// Listens and starts a thread.
    ///
    /// - Parameters:
    ///   - path: of the socket.
    ///   - host: the devices.
    ///   - document: finds the document of a name.
    /// - Throws: ``PeripheralFailure``.
    package init(
        path: String,
        host: PeripheralHost,
        document: @escaping @Sendable (String) -> VirtualDocument?
    ) throws(PeripheralFailure) {
        self.host = host
        self.document = document
        listener = try LocalSocket.listen(at: path, packets: false)
        let thread = Thread { [self] in
            while true {
                if let client = LocalSocket.accept(listener) {
                    serve(client)
                } else if errno != EINTR, errno != ECONNABORTED {
                    return
                }
            }
        }
        thread.name = "peripheral-control"
        thread.start()
    }

    /// Ends serving.
    package func stop() {
        shutdown(listener.number, Int32(SHUT_RDWR))
    }

    private func serve(_ client: FileDescriptor) {
        var limit = timeval(tv_sec: Self.clientSecondsMax, tv_usec: 0)
        let length = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(client.number, SOL_SOCKET, SO_RCVTIMEO, &limit, length)
        setsockopt(client.number, SOL_SOCKET, SO_SNDTIMEO, &limit, length)
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: DeviceCommand.lengthMax)
        while line.last != UInt8(ascii: "\n"), line.count <= DeviceCommand.lengthMax {
            let count = recv(client.number, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            line += buffer[..<count]
        }
        var rest = Array((answer(String(decoding: line, as: UTF8.self)) + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(client.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Carries out a line.
    ///
    /// - Parameter line: a device and a command.
    /// - Returns: the answer without its line end.
    package func answer(_ line: String) -> String {
        let words = line.trimmingCharacters(in: .newlines).split(separator: " ", maxSplits: 1)
        if words == ["list"] {
            return "ok " + host.names.joined(separator: " ")
        }
        guard words.count == 2 else { return "error expected a device and a command" }
        do throws(PeripheralFailure) {
            let command = try DeviceCommand(String(words[1]), document: document)
            let text = try host.perform(command, on: String(words[0]))
            return text.isEmpty ? "ok" : "ok " + Self.escaped(text)
        } catch {
            return "error \(error.description)"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }
}
