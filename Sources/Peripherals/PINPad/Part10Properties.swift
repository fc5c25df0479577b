/// What a PIN pad says about itself: the answer to `GET_TLV_PROPERTIES` of PC/SC part 10 (PROTOCOLS.md 3.5).
///
/// Numbers stand with the low byte first. Tags that are not known are passed over.
public struct Part10Properties: Hashable, Sendable {
    /// Lines and characters of the display, or nil when the reader does not tell.
    public var displayLayout: UInt16?
    /// The least digits of a PIN.
    public var digitsMin: Int?
    /// The most digits of a PIN.
    public var digitsMax: Int?
    /// The firmware, printable ASCII only.
    public var firmware: String?
    /// The most data bytes of a command.
    public var apduDataMax: UInt32?
    /// The USB vendor.
    public var vendorID: UInt16?
    /// The USB product.
    public var productID: UInt16?

    /// The most bytes of the answer.
    public static let bytesMax = 512

    /// Reads the answer.
    ///
    /// - Parameter bytes: Elements of tag, length and value.
    /// - Throws: ``PeripheralError`` with `pinpad.malformed` for a cut element, a known tag of another length or twice,
    ///   or more than ``bytesMax`` bytes.
    public init(bytes: [UInt8]) throws(PeripheralError) {
        guard bytes.count <= Self.bytesMax else {
            throw PeripheralError(.pinpadMalformed, "the properties of the PIN pad are too long")
        }
        var seen: Set<UInt8> = []
        var rest = bytes[...]
        while let tag = rest.popFirst() {
            guard let length = rest.popFirst(), Int(length) <= rest.count else {
                throw PeripheralError(.pinpadMalformed, "a property of the PIN pad is cut")
            }
            let value = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
            guard seen.insert(tag).inserted else {
                throw PeripheralError(.pinpadMalformed, "a property of the PIN pad stands twice")
            }
            try read(tag, value)
        }
    }

    private mutating func read(_ tag: UInt8, _ value: ArraySlice<UInt8>) throws(PeripheralError) {
        switch tag {
        case 1: displayLayout = UInt16(truncatingIfNeeded: try Self.number(value, bytes: 2))
        case 6: digitsMin = Int(try Self.number(value, bytes: 1))
        case 7: digitsMax = Int(try Self.number(value, bytes: 1))
        case 8: firmware = String(decoding: value.filter { (0x20...0x7E).contains($0) }, as: UTF8.self)
        case 10: apduDataMax = try Self.number(value, bytes: 4)
        case 11: vendorID = UInt16(truncatingIfNeeded: try Self.number(value, bytes: 2))
        case 12: productID = UInt16(truncatingIfNeeded: try Self.number(value, bytes: 2))
        default: break
        }
    }

    private static func number(_ value: ArraySlice<UInt8>, bytes: Int) throws(PeripheralError) -> UInt32 {
        guard value.count == bytes else {
            throw PeripheralError(.pinpadMalformed, "a property of the PIN pad has another length")
        }
        return value.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
