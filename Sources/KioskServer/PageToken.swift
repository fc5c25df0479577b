/// The secret that the launcher gives to a page: 32 random bytes as 43 characters of base64url.
///
/// It goes from the URL fragment into a header, never into a cookie, a query or a log.
package struct PageToken: Sendable, CustomStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    /// Characters of a token.
    package static let length = 43

    /// Creates from text.
    ///
    /// - Parameter text: 43 characters of A-Z, a-z, 0-9, hyphen and underscore; the result is nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.length, bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.bytes = bytes
    }

    /// Whether this is the token; the time that it takes tells nothing about where a wrong one differs.
    func matches(_ candidate: String?) -> Bool {
        guard let candidate, candidate.utf8.count == bytes.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(bytes, candidate.utf8) { difference |= left ^ right }
        return difference == 0
    }

    /// Never the token.
    package var description: String { "PageToken" }
    /// Has no children, so that `dump` shows ``description`` only.
    package var customMirror: Mirror { Mirror(self, children: []) }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
