/// Finds frames in the bytes of a line, however they are cut into pieces.
///
/// Everything that is no frame is skipped. A frame whose length or checksum is wrong is reported, and the search goes
/// on inside it, since a frame that was cut swallows the beginning of the next one. Holds less than one frame of
/// ``SAMVFrame/byteCountMax`` bytes, and no memory is taken for bytes that are no frame.
public struct SAMVFrameParser: Sendable {
    /// What was found, as long as the call lasts: the events of ``SAMVFrameEvent``, with the payload lent.
    public enum Finding {
        /// The payload of a whole frame with a right checksum.
        case payload(UnsafeRawBufferPointer)
        /// As ``SAMVFrameEvent/wrongChecksum``.
        case wrongChecksum
        /// As ``SAMVFrameEvent/wrongLength``.
        case wrongLength
    }

    /// The lengths that a frame can announce.
    private let lengths: ClosedRange<Int>

    /// The beginning of what may be a frame: less than a header, or a header with less than its length.
    private var pending: [UInt8] = []

    /// Makes a parser.
    ///
    /// - Parameter lengths: The lengths that a frame can announce: ``SAMVFrame/responseLengths``, or at the side of the
    ///   reader ``SAMVFrame/requestLengths``; a range beyond `2...SAMVFrame.payloadCountMax + 1` is an error of the
    ///   program.
    public init(lengths: ClosedRange<Int> = SAMVFrame.responseLengths) {
        precondition(lengths.lowerBound >= 2 && lengths.upperBound <= SAMVFrame.payloadCountMax + 1)
        self.lengths = lengths
    }

    /// How many bytes wait for the rest of their frame.
    public var pendingCount: Int { pending.count }

    /// How many bytes of the body are missing, or nil while the header is not complete.
    ///
    /// More may have to follow if what is pending turns out to be no frame.
    public var missingBodyCount: Int? {
        pending.count < SAMVFrame.headerCount ? nil : missingCount
    }

    /// How many bytes are missing of the header, or after it of the frame; 1 or more.
    private var missingCount: Int {
        guard pending.count >= SAMVFrame.headerCount else { return SAMVFrame.headerCount - pending.count }
        return SAMVFrame.headerCount + (Int(pending[5]) << 8 | Int(pending[6])) - pending.count
    }

    /// Takes the next bytes of the line.
    ///
    /// - Parameter bytes: Any number.
    /// - Returns: What they completed, in the order of the line.
    public mutating func feed(_ bytes: [UInt8]) -> [SAMVFrameEvent] {
        var events: [SAMVFrameEvent] = []
        bytes.withUnsafeBytes { bytes in feed(bytes) { events.append(SAMVFrameEvent($0)) } }
        return events
    }

    /// Gives up what is pending, since nothing more comes, and looks for whole frames inside it.
    ///
    /// - Returns: What stood inside, in the order of the line.
    public mutating func finish() -> [SAMVFrameEvent] {
        var events: [SAMVFrameEvent] = []
        _ = pending.withUnsafeBytes { scan($0, isEnd: true) { events.append(SAMVFrameEvent($0)) } }
        pending.removeAll(keepingCapacity: true)
        return events
    }

    /// Takes the next bytes of the line and lends what they completed, without an allocation for each frame.
    ///
    /// - Parameters:
    ///   - bytes: Any number.
    ///   - body: Gets what was completed, in the order of the line; a payload is valid during the call only.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer, _ body: (Finding) -> Void) {
        var rest = bytes[...]
        while !pending.isEmpty, !rest.isEmpty {
            let missing = missingCount
            let piece = rest.prefix(missing)
            pending.append(contentsOf: piece)
            rest = rest.dropFirst(piece.count)
            guard piece.count == missing else { return }
            let used = pending.withUnsafeBytes { scan($0, isEnd: false, body) }
            pending.removeSubrange(..<used)
        }
        guard !rest.isEmpty else { return }
        let direct = UnsafeRawBufferPointer(rebasing: rest)
        let used = scan(direct, isEnd: false, body)
        if used < direct.count { pending.append(contentsOf: direct[used...]) }
    }

    /// Reports the frames of a buffer.
    ///
    /// - Returns: How many bytes are done with; from there on stands the beginning of what may be a frame.
    private func scan(_ bytes: UnsafeRawBufferPointer, isEnd: Bool, _ body: (Finding) -> Void) -> Int {
        var start = Self.preambleStart(in: bytes, from: 0)
        while bytes.count - start >= SAMVFrame.headerCount {
            let length = Int(bytes[start + 5]) << 8 | Int(bytes[start + 6])
            let end = start + SAMVFrame.headerCount + length
            if !lengths.contains(length) {
                body(.wrongLength)
            } else if end > bytes.count {
                guard isEnd else { return start }
            } else if SAMVFrame.exclusiveOr(UnsafeRawBufferPointer(rebasing: bytes[(start + 5)..<end])) == 0 {
                body(.payload(UnsafeRawBufferPointer(rebasing: bytes[(start + SAMVFrame.headerCount)..<(end - 1)])))
                start = Self.preambleStart(in: bytes, from: end)
                continue
            } else {
                body(.wrongChecksum)
            }
            // No two preambles overlap.
            start = Self.preambleStart(in: bytes, from: start + SAMVFrame.preamble.count)
        }
        return start
    }

    /// Where the next preamble begins, or else what may become one at the end of the buffer.
    ///
    /// Looks at the last byte of each candidate first, and goes on by as many bytes as that byte allows.
    private static func preambleStart(in bytes: UnsafeRawBufferPointer, from: Int) -> Int {
        var start = from
        while start + 5 <= bytes.count {
            switch bytes[start + 4] {
            case 0x69:
                if bytes[start + 3] == 0x96, bytes[start + 2] == 0xAA, bytes[start + 1] == 0xAA, bytes[start] == 0xAA {
                    return start
                }
                start += 5
            case 0x96: start += 1
            case 0xAA: start += 2
            default: start += 5
            }
        }
        while start < bytes.count, !zip(bytes[start...], SAMVFrame.preamble).allSatisfy({ $0 == $1 }) {
            start += 1
        }
        return min(start, bytes.count)
    }
}

/// A lent payload stays where it was lent.
@available(*, unavailable)
extension SAMVFrameParser.Finding: Sendable {}
