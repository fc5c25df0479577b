/// The rule for names of signing keys.
enum KeyName: Sendable {
    static let maximumBytes = 64

    static func isValid(_ text: some Collection<UInt8>) -> Bool {
        (1...maximumBytes).contains(text.count)
            && text.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
