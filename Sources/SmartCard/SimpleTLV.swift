/// An element of the simple form of social-security cards: 1 byte tag, 1 byte length, value (PROTOCOLS.md 1.3).
///
/// The length byte FF means 255: the three-byte lengths of ISO 7816-4 do not occur here.
public struct SimpleTLV: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The most elements that ``parse(_:)`` takes: more than any file of the card has records, and no work without end.
    public static let elementLimit = 256

    /// The tag, 01 to FE (ISO 7816-4, 5.2.1).
    public let tag: UInt8

    /// The value, at most 255 bytes.
    public let value: [UInt8]

    /// Makes an element; a tag or length out of bounds is a programmer's error.
    ///
    /// - Parameters:
    ///   - tag: 01 to FE.
    ///   - value: At most 255 bytes.
    public init(tag: UInt8, value: [UInt8]) {
        precondition(tag != 0x00 && tag != 0xFF, "00 and FF are no tags")
        precondition(value.count <= 255, "a value has more than 255 bytes")
        self.tag = tag
        self.value = value
    }

    /// Takes the element at the start of a record.
    ///
    /// - Parameter record: A record; what follows the element may only be filling of 00 or FF.
    /// - Throws: ``SmartCardError`` with `tlv.malformed` if the record is cut, has no valid tag or has something else
    ///   behind the element.
    public init(record: some Collection<UInt8>) throws(SmartCardError) {
        var rest = Array(record)[...]
        self = try Self.next(&rest)
        guard rest.allSatisfy({ $0 == 0x00 }) || rest.allSatisfy({ $0 == 0xFF }) else {
            throw SmartCardError(.tlvMalformed, "a record has \(rest.count) bytes behind its element")
        }
    }

    /// Parses elements that follow one another without gaps.
    ///
    /// - Parameter bytes: The elements, such as the answer to reading all records of a file.
    /// - Returns: The elements in order, at most ``elementLimit``.
    /// - Throws: ``SmartCardError`` with `tlv.malformed` if an element is cut, has no valid tag, or there are too many.
    public static func parse(_ bytes: some Collection<UInt8>) throws(SmartCardError) -> [SimpleTLV] {
        var rest = Array(bytes)[...]
        var elements: [SimpleTLV] = []
        while !rest.isEmpty {
            guard elements.count < elementLimit else {
                throw SmartCardError(.tlvMalformed, "there are more than \(elementLimit) elements")
            }
            elements.append(try next(&rest))
        }
        return elements
    }

    /// Tag, length and value.
    public var bytes: [UInt8] { [tag, UInt8(truncatingIfNeeded: value.count)] + value }

    /// Tag and length, never the value.
    public var description: String { "\(Hexadecimal.string([tag])) of \(value.count) bytes" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    private static func next(_ rest: inout ArraySlice<UInt8>) throws(SmartCardError) -> SimpleTLV {
        guard let tag = rest.popFirst(), let length = rest.popFirst(), length <= rest.count else {
            throw SmartCardError(.tlvMalformed, "a simple-TLV element is cut")
        }
        guard tag != 0x00, tag != 0xFF else {
            throw SmartCardError(.tlvMalformed, "a simple-TLV element has the tag 00 or FF")
        }
        defer { rest = rest.dropFirst(Int(length)) }
        return SimpleTLV(tag: tag, value: Array(rest.prefix(Int(length))))
    }
}
