extension CanonicalJSON {
    /// The one byte form of this value.
    ///
    /// - Parameter limits: Bounds of the document.
    /// - Returns: UTF-8, not ended by anything.
    /// - Throws: ``CanonicalJSONError`` when the value is too long or too deep, or an object has a key that is not allowed.
    public func encoded(limits: Limits) throws(CanonicalJSONError) -> [UInt8] {
        var bytes: [UInt8] = []
        try append(to: &bytes, depthLeft: limits.depth, limits: limits)
        return bytes
    }

    private func append(to bytes: inout [UInt8], depthLeft: Int, limits: Limits) throws(CanonicalJSONError) {
        switch self {
        case .string(let text):
            Self.append(text, to: &bytes)
        case .integer(let number):
            bytes.append(contentsOf: String(number).utf8)
        case .boolean(let flag):
            bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .array(let elements):
            guard depthLeft > 0 else { throw CanonicalJSONError(reason: .tooDeep, offset: 0) }
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try element.append(to: &bytes, depthLeft: depthLeft - 1, limits: limits)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            guard depthLeft > 0 else { throw CanonicalJSONError(reason: .tooDeep, offset: 0) }
            try Self.append(members, to: &bytes, depthLeft: depthLeft - 1, limits: limits)
        }
        guard bytes.count <= limits.bytes else { throw CanonicalJSONError(reason: .tooLong, offset: 0) }
    }

    private static func append(
        _ members: [String: CanonicalJSON],
        to bytes: inout [UInt8],
        depthLeft: Int,
        limits: Limits
    ) throws(CanonicalJSONError) {
        bytes.append(UInt8(ascii: "{"))
        // Keys are ASCII, so that the order of strings is the order of bytes.
        for (index, key) in members.keys.sorted().enumerated() {
            guard (1...maximumKeyBytes).contains(key.utf8.count), key.utf8.allSatisfy(isKeyByte) else {
                throw CanonicalJSONError(reason: .key, offset: 0)
            }
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            try members[key]?.append(to: &bytes, depthLeft: depthLeft, limits: limits)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(UInt8(ascii: "\\"))
                if let letter = shortEscape(of: byte) {
                    bytes.append(letter)
                } else {
                    bytes.append(contentsOf: "u00".utf8)
                    bytes.append(Hex.digit(byte >> 4))
                    bytes.append(Hex.digit(byte & 0x0F))
                }
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The letter of the two-character escape of a control character.
    private static func shortEscape(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }
}
