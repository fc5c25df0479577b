import SocialCard

/// Digits in plain memory.
struct Digits: PINDigits {
    private let text: [UInt8]

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    var count: Int { text.count }

    func withDigits<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try text.withUnsafeBytes(body)
    }
}
