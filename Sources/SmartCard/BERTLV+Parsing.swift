extension BERTLV {
    /// Parses elements that follow one another.
    ///
    /// - Parameter bytes: The elements, at most ``lengthLimit`` bytes.
    /// - Returns: The elements in order.
    /// - Throws: ``SmartCardError`` with `tlv.malformed` if an element is cut, a tag has more than three bytes or
    ///   zero bits before its number, a length is indefinite or has more than three bytes, or a limit is passed.
    public static func parse(_ bytes: some Collection<UInt8>) throws(SmartCardError) -> [BERTLV] {
        guard bytes.count <= lengthLimit else { throw malformed("there are more than \(lengthLimit) bytes") }
        var elementsLeft = elementLimit
        return try parse(Array(bytes)[...], depth: 1, elementsLeft: &elementsLeft)
    }

    private static func parse(
        _ bytes: ArraySlice<UInt8>,
        depth: Int,
        elementsLeft: inout Int
    ) throws(SmartCardError) -> [BERTLV] {
        guard depth <= depthLimit else { throw malformed("the nesting is deeper than \(depthLimit)") }
        var rest = bytes
        var elements: [BERTLV] = []
        while let first = rest.first {
            guard elementsLeft > 0 else { throw malformed("there are more than \(elementLimit) elements") }
            elementsLeft -= 1
            let tag = try nextTag(&rest)
            let length = try nextLength(&rest)
            guard length <= rest.count else { throw malformed("an element is cut") }
            let value = rest.prefix(length)
            rest = rest.dropFirst(length)
            let isConstructed = first & 0x20 != 0
            let content: Content =
                isConstructed
                ? .constructed(try parse(value, depth: depth + 1, elementsLeft: &elementsLeft))
                : .primitive(Array(value))
            elements.append(BERTLV(tag: tag, content: content))
        }
        return elements
    }

    private static func nextTag(_ rest: inout ArraySlice<UInt8>) throws(SmartCardError) -> UInt32 {
        guard let first = rest.popFirst() else { throw malformed("a tag is missing") }
        guard first != 0x00, first != 0xFF else { throw malformed("00 and FF are no tags") }
        guard first & 0x1F == 0x1F else { return UInt32(first) }
        guard let second = rest.popFirst() else { throw malformed("a tag is cut") }
        // Numbers below 31 would fit into the first byte; financial cards write them in the second all the same.
        guard second & 0x80 != 0 else { return UInt32(first) << 8 | UInt32(second) }
        guard second != 0x80 else { throw malformed("the number of a tag begins with zero bits") }
        guard let third = rest.popFirst() else { throw malformed("a tag is cut") }
        guard third & 0x80 == 0 else { throw malformed("a tag has more than three bytes") }
        return UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
    }

    private static func nextLength(_ rest: inout ArraySlice<UInt8>) throws(SmartCardError) -> Int {
        guard let first = rest.popFirst() else { throw malformed("a length is missing") }
        guard first & 0x80 != 0 else { return Int(first) }
        guard (0x81...0x83).contains(first) else {
            throw malformed("a length is indefinite or has more than three bytes")
        }
        var length = 0
        for _ in 0..<(first & 0x7F) {
            guard let byte = rest.popFirst() else { throw malformed("a length is cut") }
            length = length << 8 | Int(byte)
        }
        return length
    }

    private static func malformed(_ reason: String, line: Int = #line) -> SmartCardError {
        SmartCardError(.tlvMalformed, "BER-TLV: \(reason)", line: line)
    }
}
