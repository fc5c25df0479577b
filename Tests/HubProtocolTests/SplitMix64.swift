/// A seeded generator (SplitMix64), so that a failing run can be repeated.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(bound)) }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// One of: some bytes changed, cut, one removed, one doubled, a random run put in.
    mutating func mutation(of input: [UInt8]) -> [UInt8] {
        var bytes = input
        guard !bytes.isEmpty else { return self.bytes(below(8)) }
        switch below(5) {
        case 0:
            for _ in 0...below(3) { bytes[below(bytes.count)] = UInt8(truncatingIfNeeded: next()) }
        case 1: bytes.removeLast(1 + below(bytes.count))
        case 2: bytes.remove(at: below(bytes.count))
        case 3:
            let index = below(bytes.count)
            bytes.insert(bytes[index], at: index)
        default: bytes.insert(contentsOf: self.bytes(1 + below(4)), at: below(bytes.count + 1))
        }
        return bytes
    }
}
