/// 17 bytes that stand for a number without telling it: the id of the key and 16 bytes of HMAC-SHA256.
struct Pseudonym: Hashable, Sendable {
    let keyID: UInt8
    let high: UInt64
    let low: UInt64

    /// Bytes of a pseudonym.
    static let byteCount = 17

    init(keyID: UInt8, high: UInt64, low: UInt64) {
        self.keyID = keyID
        self.high = high
        self.low = low
    }

    init?(bytes: some Collection<UInt8>) {
        guard let pseudonym = withBytes(bytes, limit: Self.byteCount, Self.parse) else {
            return nil
        }
        self = pseudonym
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Pseudonym? {
        guard bytes.count == byteCount else {
            return nil
        }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for byte in bytes.dropFirst() {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
        }
        return Pseudonym(keyID: bytes[0], high: high, low: low)
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        bytes.append(keyID)
        appendDigest(to: &bytes)
        return bytes
    }

    var digest: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount - 1)
        appendDigest(to: &bytes)
        return bytes
    }

    private func appendDigest(to bytes: inout [UInt8]) {
        for word in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
    }

    var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }, as: UTF8.self)
    }
}
