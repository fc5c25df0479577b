/// Frames of a card-reading module for resident ID cards (SAM_V, GA 467; PROTOCOLS.md 2.1), seen from the module.
package enum SAMVFrame: Sendable {
    static let preamble: [UInt8] = [0xAA, 0xAA, 0xAA, 0x96, 0x69]
    /// Preamble and length: what the first pipe carries in split wiring.
    static let headBytes = 7
    /// The longest request that a module takes, bytes after the length; the longest known one has three.
    static let requestBytesMax = 256

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - status: SW1 SW2 SW3.
    ///   - data: what follows.
    /// - Returns: the whole frame.
    package static func answer(status: [UInt8], data: [UInt8] = []) -> [UInt8] {
        let count = status.count + data.count + 1
        let body = [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)] + status + data
        return preamble + body + [body.reduce(0, ^)]
    }
}
