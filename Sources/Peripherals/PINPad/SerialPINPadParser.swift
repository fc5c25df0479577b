/// Finds the frames of a serial PIN pad in its bytes and hands their payload on, key by key or as a whole.
///
/// The payload may be digits of a PIN: it stands in memory of its own, which is wiped behind each frame, and the bytes
/// that are given in are wiped in place. Whatever fits no frame is dropped until the next start byte.
public struct SerialPINPadParser: ~Copyable, Sendable {
    /// What a frame was.
    public enum Outcome: Hashable, Sendable {
        /// A whole frame; its payload was handed on.
        case frame
        /// A frame that is too long, has a wrong checksum, length or end; nothing of it was handed on.
        case malformed
    }

    private enum State: Sendable {
        case outside
        case inside
        /// The next byte is the checksum behind the end.
        case checking
    }

    private let frame: SerialPINPadFrame
    private var state = State.outside
    private var isEscaped = false
    private var bytes: WipedBytes

    /// Makes a parser between two frames.
    ///
    /// - Parameter frame: The frame of the model.
    public init(frame: SerialPINPadFrame) {
        self.frame = frame
        bytes = WipedBytes(
            capacity: SerialPINPadFrame.payloadBytesMax + frame.lengthField.byteCount + frame.checksum.byteCount
        )
    }

    /// Whether a frame has begun.
    public var isInsideFrame: Bool {
        if case .outside = state { false } else { true }
    }

    /// Takes bytes as they come; they are overwritten with zeros.
    ///
    /// - Parameters:
    ///   - incoming: The bytes, in any pieces; not a copy of an array that lives elsewhere, which would not be wiped.
    ///   - sink: Gets each byte of the payload of each whole frame, with its index in the payload.
    /// - Returns: What the frames were that ended, in order.
    public mutating func take(_ incoming: inout [UInt8], sink: (_ index: Int, _ byte: UInt8) -> Void) -> [Outcome] {
        var outcomes: [Outcome] = []
        for index in incoming.indices {
            if let outcome = take(incoming[index], sink) {
                outcomes.append(outcome)
                leave()
            }
        }
        incoming.withUnsafeMutableBytes(WipedBytes.wipe)
        return outcomes
    }

    /// Takes bytes of a PIN pad that sends keys as they are pressed; each byte of a payload is one key.
    ///
    /// - Parameters:
    ///   - incoming: The bytes, in any pieces; they are overwritten with zeros.
    ///   - codes: Which byte is which key.
    ///   - sink: Gets each key once; nothing of it is kept here.
    /// - Returns: What the frames were that ended; `malformed` also stands for each byte that is no key.
    public mutating func takeKeys(
        _ incoming: inout [UInt8],
        codes: PINPadKeyCodes,
        sink: (PINPadKey) -> Void
    ) -> [Outcome] {
        var strangers = 0
        let outcomes = take(&incoming) { _, byte in
            if let key = codes.key(byte) { sink(key) } else { strangers += 1 }
        }
        return outcomes + Array(repeating: .malformed, count: strangers)
    }

    private mutating func take(_ byte: UInt8, _ sink: (Int, UInt8) -> Void) -> Outcome? {
        switch state {
        case .outside:
            if byte == frame.start { state = .inside }
            return nil
        case .checking:
            return close(checksum: byte, sink)
        case .inside:
            return takeInside(byte, sink)
        }
    }

    private mutating func takeInside(_ byte: UInt8, _ sink: (Int, UInt8) -> Void) -> Outcome? {
        if let escape = frame.escape, !isEscaped {
            if byte == escape {
                isEscaped = true
                return nil
            }
            if byte == frame.start {
                // A frame that was cut, and its successor.
                bytes.wipe()
                return nil
            }
        }
        let isEnd = byte == frame.end && !isEscaped && (!lengthRules || bytes.count >= (wantedCount ?? .max))
        let value = isEscaped ? byte ^ frame.escapeMask : byte
        isEscaped = false
        if isEnd {
            guard frame.checksumFollowsEnd else { return close(checksum: nil, sink) }
            state = .checking
            return nil
        }
        guard !bytes.isFull else { return .malformed }
        bytes.append(value)
        guard let wantedCount else { return nil }
        if bytes.count > wantedCount { return .malformed }
        return frame.end == nil && bytes.count == wantedCount ? close(checksum: nil, sink) : nil
    }

    /// Whether the length decides where the frame ends: without escapes the end byte may stand in the payload.
    private var lengthRules: Bool { frame.escape == nil && frame.lengthField != .none }

    /// Length, payload and checksum before the end; nil until the length has come.
    private var wantedCount: Int? {
        let width = frame.lengthField.byteCount
        guard width > 0, bytes.count >= width else { return nil }
        return width + payloadCount + (frame.checksumFollowsEnd ? 0 : frame.checksum.byteCount)
    }

    private var payloadCount: Int {
        switch frame.lengthField {
        case .none: bytes.count - (frame.checksumFollowsEnd ? 0 : frame.checksum.byteCount)
        case .oneByte: Int(bytes[0])
        case .twoBytesBigEndian: Int(bytes[0]) << 8 | Int(bytes[1])
        case .twoBytesLittleEndian: Int(bytes[1]) << 8 | Int(bytes[0])
        }
    }

    /// Checks the frame and hands its payload on.
    private func close(checksum following: UInt8?, _ sink: (Int, UInt8) -> Void) -> Outcome {
        let first = frame.lengthField.byteCount
        guard bytes.count >= first, payloadCount >= 0, wantedCount ?? bytes.count == bytes.count else {
            return .malformed
        }
        let end = first + payloadCount
        var sum: UInt8 = 0
        for index in 0..<end { sum = frame.checksum.adding(bytes[index], to: sum) }
        if let following {
            sum = frame.end.map { frame.checksum.adding($0, to: sum) } ?? sum
            guard following == sum else { return .malformed }
        } else if frame.checksum != .none {
            guard bytes[end] == sum else { return .malformed }
        }
        for index in first..<end { sink(index - first, bytes[index]) }
        return .frame
    }

    private mutating func leave() {
        bytes.wipe()
        state = .outside
        isEscaped = false
    }
}
