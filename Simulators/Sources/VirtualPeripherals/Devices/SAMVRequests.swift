/// Finds requests in what a host sends.
struct SAMVRequests: Sendable {
    enum Request: Hashable, Sendable {
        case command(UInt8, UInt8)
        case wrongChecksum
        case wrongLength
    }

    private var buffer: [UInt8] = []

    mutating func clear() {
        buffer.removeAll()
    }

    /// Takes bytes; gives the requests that they complete.
    mutating func receive(_ bytes: [UInt8]) -> [Request] {
        buffer += bytes
        var requests: [Request] = []
        while dropToPreamble(), buffer.count >= SAMVFrame.headBytes {
            let length = Int(buffer[5]) << 8 | Int(buffer[6])
            guard (2...SAMVFrame.requestBytesMax).contains(length) else {
                requests.append(.wrongLength)
                buffer.removeFirst(SAMVFrame.headBytes)
                continue
            }
            let end = SAMVFrame.headBytes + length
            guard buffer.count >= end else { break }
            requests.append(request(buffer[5..<end]))
            buffer.removeFirst(end)
        }
        return requests
    }

    /// A request from its length to its check sum.
    private func request(_ bytes: ArraySlice<UInt8>) -> Request {
        let body = Array(bytes)
        guard body.reduce(0, ^) == 0 else { return .wrongChecksum }
        return body.count >= 5 ? .command(body[2], body[3]) : .wrongLength
    }

    /// Drops what cannot begin a frame.
    ///
    /// - Returns: whether anything is left.
    private mutating func dropToPreamble() -> Bool {
        let preamble = SAMVFrame.preamble
        let start = buffer.indices.first { index in
            buffer[index...].prefix(preamble.count).elementsEqual(preamble.prefix(buffer.count - index))
        }
        buffer.removeFirst(start ?? buffer.count)
        return !buffer.isEmpty
    }
}
