/// A small generator with a seed, so that a failing input can be made again.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        self.state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number of 0 to `limit - 1`.
    package mutating func below(_ limit: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(limit)) }

    /// So many random bytes.
    package mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// Random bytes, 0 to `limit` of them.
    package mutating func bytes(upTo limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<below(limit + 1) { bytes.append(UInt8(truncatingIfNeeded: next())) }
        return bytes
    }

    /// `valid` with one to four changes: a bit turned, a byte replaced, dropped or put in, the end cut off, a part
    /// doubled.
    package mutating func mutation(of valid: [UInt8]) -> [UInt8] {
        var bytes = valid
        for _ in 0...below(4) {
            guard !bytes.isEmpty else { return [UInt8(truncatingIfNeeded: next())] }
            let index = below(bytes.count)
            switch below(6) {
            case 0: bytes[index] ^= 1 << UInt8(below(8))
            case 1: bytes[index] = UInt8(truncatingIfNeeded: next())
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(UInt8(truncatingIfNeeded: next()), at: index)
            case 4: bytes.removeSubrange(index...)
            default: bytes.insert(contentsOf: bytes[index...].prefix(8), at: index)
            }
        }
        return bytes
    }
}
