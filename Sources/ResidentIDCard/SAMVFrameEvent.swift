/// What the parser of frames found in the bytes of a line.
public enum SAMVFrameEvent: Hashable, Sendable {
    /// A whole frame with a right checksum.
    case frame(SAMVFrame)
    /// Something that begins like a frame, is complete, and has a wrong checksum.
    case wrongChecksum
    /// Something that begins like a frame and announces a length that no frame has.
    case wrongLength
}

extension SAMVFrameEvent {
    /// Keeps what the parser lends.
    init(_ finding: SAMVFrameParser.Finding) {
        switch finding {
        case .payload(let payload): self = .frame(SAMVFrame(payload: Array(payload)))
        case .wrongChecksum: self = .wrongChecksum
        case .wrongLength: self = .wrongLength
        }
    }
}
