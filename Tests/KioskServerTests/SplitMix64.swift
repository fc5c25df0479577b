/// A seeded generator, the same on every machine.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Any bytes.
    mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// A valid input with a few bytes changed, taken out or put in.
    mutating func mutated(_ input: [UInt8]) -> [UInt8] {
        var result = input
        for _ in 0..<Int.random(in: 1...3, using: &self) where !result.isEmpty {
            let index = Int.random(in: 0..<result.count, using: &self)
            switch UInt8.random(in: 0...2, using: &self) {
            case 0: result[index] = UInt8.random(in: 0...255, using: &self)
            case 1: result.remove(at: index)
            default: result.insert(UInt8.random(in: 0...255, using: &self), at: index)
            }
        }
        return result
    }
}
