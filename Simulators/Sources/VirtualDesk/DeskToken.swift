/// The secret that the desk page shows with each request.
///
/// It is made at the start and passed in the fragment of the page's address.
public struct DeskToken: Hashable, Sendable, CustomStringConvertible {
    /// Random bytes of a token.
    static let byteCount = 32

    /// 43 characters of base64url.
    public let text: String

    /// Makes a token.
    ///
    /// - Parameter generator: a source fit for secrets.
    public init(using generator: inout some RandomNumberGenerator) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(bits >> count & 0x3F)])
            }
            bits &= (1 << count) - 1
        }
        if count > 0 {
            text.append(alphabet[Int(bits << (6 - count) & 0x3F)])
        }
        self.text = String(decoding: text, as: UTF8.self)
    }

    /// Compares without telling by its time where two texts differ.
    package func matches(_ candidate: String) -> Bool {
        let own = Array(text.utf8)
        let other = Array(candidate.utf8)
        guard own.count == other.count else { return false }
        return zip(own, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Never the secret.
    public var description: String { "DeskToken" }
}
