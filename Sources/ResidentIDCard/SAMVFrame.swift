/// A frame of the line to a resident-ID reader, in either direction: preamble, length, payload, checksum
/// (PROTOCOLS.md 2.1).
///
/// The length counts the payload and the checksum; the checksum makes the exclusive or of everything after the
/// preamble zero.
public struct SAMVFrame: Hashable, Sendable {
    /// What stands between length and checksum: CMD PARA DATA of a request, SW1 SW2 SW3 DATA of a response.
    public let payload: [UInt8]

    /// The five bytes that begin every frame.
    public static let preamble: [UInt8] = [0xAA, 0xAA, 0xAA, 0x96, 0x69]
    /// Bytes of preamble and length: what the head pipe of a reader with split pipes carries.
    public static let headerCount = 7
    /// The most payload bytes: the status and the longest answer, text, photo and two fingerprints.
    public static let payloadCountMax = 3 + DocumentPayload.byteCounts(hasFingerprint: true).upperBound
    /// What the length of a response can be: from a status alone to the longest answer.
    public static let responseLengths = 4...(payloadCountMax + 1)
    /// What the length of a request can be, in bytes: from one byte, as some readers have for sleep, to 64; the known
    /// commands need 3.
    public static let requestLengths = 2...64
    /// The most bytes of a frame.
    public static let byteCountMax = headerCount + payloadCountMax + 1

    /// Makes a frame.
    ///
    /// - Parameter payload: 1...``payloadCountMax`` bytes; another count is an error of the program.
    public init(payload: [UInt8]) {
        precondition((1...Self.payloadCountMax).contains(payload.count), "the payload of a frame has a limit")
        self.payload = payload
    }

    /// All bytes of the frame.
    public var encoded: [UInt8] {
        let length = payload.count + 1
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.headerCount + length)
        bytes += Self.preamble
        bytes.append(UInt8(truncatingIfNeeded: length >> 8))
        bytes.append(UInt8(truncatingIfNeeded: length))
        bytes += payload
        let checksum = bytes.withUnsafeBytes { Self.exclusiveOr(UnsafeRawBufferPointer(rebasing: $0.dropFirst(5))) }
        bytes.append(checksum)
        return bytes
    }

    /// The exclusive or of all bytes, eight at a time.
    static func exclusiveOr(_ bytes: UnsafeRawBufferPointer) -> UInt8 {
        var sum: UInt64 = 0
        let wordsEnd = bytes.count & ~7
        for offset in stride(from: 0, to: wordsEnd, by: 8) {
            sum ^= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        for offset in wordsEnd..<bytes.count {
            sum ^= UInt64(bytes[offset])
        }
        sum ^= sum >> 32
        sum ^= sum >> 16
        sum ^= sum >> 8
        return UInt8(truncatingIfNeeded: sum)
    }
}

extension SAMVFrame: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The number of bytes only: a response can hold a whole document.
    public var description: String { "SAM_V frame of \(payload.count) payload bytes" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
