import Glibc

/// Lines over a connected socket, with a deadline for each read and write.
///
/// Does not own the descriptor.
struct LineStream {
    private let descriptor: Int32

    init(descriptor: Int32, timeoutSeconds: Int) {
        self.descriptor = descriptor
        var time = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
    }

    /// Writes the bytes and a line end, as far as the other side takes them.
    func write(_ bytes: [UInt8]) {
        var rest = ArraySlice(bytes + [UInt8(ascii: "\n")])
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { bytes in
                send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
            guard written > 0 else {
                if written < 0, errno == EINTR { continue }
                return
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Reads up to a line end; nil when the line is longer, the other side is silent, or it has gone.
    func readLine(limit: Int) -> [UInt8]? {
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while line.count <= limit {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                return nil
            }
            if let end = chunk[..<count].firstIndex(of: UInt8(ascii: "\n")) {
                line += chunk[..<end]
                return line.count <= limit ? line : nil
            }
            line += chunk[..<count]
        }
        return nil
    }
}
