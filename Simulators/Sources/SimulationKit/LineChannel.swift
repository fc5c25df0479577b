import Foundation
import Glibc

/// Lines of JSON over a connected stream socket, bounded in length and time.
struct LineChannel: Sendable {
    /// The longest line, bytes; a status of sixteen readers needs about 60 000.
    static let lineBytesMax = 262_144
    private static let newline = UInt8(ascii: "\n")

    let descriptor: Descriptor

    /// Writes a value as one line.
    func write(_ value: some Encodable) throws(SimulationError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var line = try? encoder.encode(value) else {
            throw SimulationError(.system, "cannot encode a message", remedy: "report this")
        }
        line.append(Self.newline)
        var rest = Array(line)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw UnixSocket.failure("write to the control socket") }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads one line as a value.
    func read<Value: Decodable>(_ type: Value.Type) throws(SimulationError) -> Value {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while line.count <= Self.lineBytesMax {
            let count = recv(descriptor.number, &buffer, buffer.count, 0)
            guard count > 0 else { throw UnixSocket.failure("read from the control socket") }
            line += buffer[..<count]
            if line.last == Self.newline {
                do {
                    return try JSONDecoder().decode(type, from: Data(line))
                } catch {
                    throw SimulationError(
                        .badRequest,
                        "a line is not understood",
                        remedy: "use the same version on both sides"
                    )
                }
            }
        }
        throw SimulationError(.badRequest, "a line is longer than \(Self.lineBytesMax) bytes", remedy: "send less")
    }
}
