/// A response of a reader: a status and what follows it.
public struct SAMVResponse: Hashable, Sendable {
    /// SW1 SW2 SW3.
    public let status: SAMVStatus

    /// What follows the status; may hold a whole document.
    public let data: ArraySlice<UInt8>

    /// Makes a response.
    ///
    /// - Parameters:
    ///   - status: SW1 SW2 SW3.
    ///   - data: What follows.
    public init(status: SAMVStatus, data: [UInt8] = []) {
        self.status = status
        self.data = data[...]
    }

    /// Takes a frame apart.
    ///
    /// - Parameter frame: A frame from a reader; the result is nil when it is too short for a status.
    public init?(_ frame: SAMVFrame) {
        guard frame.payload.count >= 3 else { return nil }
        status = SAMVStatus(frame.payload[0], frame.payload[1], frame.payload[2])
        data = frame.payload.dropFirst(3)
    }

    /// The frame of this response, for a simulated reader.
    public var frame: SAMVFrame {
        let words = [status.rawValue >> 16, status.rawValue >> 8, status.rawValue]
        return SAMVFrame(payload: words.map { UInt8(truncatingIfNeeded: $0) } + data)
    }
}

extension SAMVResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status and the number of bytes.
    public var description: String { "SAM_V response \(status) with \(data.count) bytes" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
