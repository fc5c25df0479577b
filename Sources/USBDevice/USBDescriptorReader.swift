import DeviceIO

/// Goes from descriptor to descriptor; each step moves on by 2 bytes or more, or fails.
struct USBDescriptorReader {
    /// One descriptor, from its length byte on.
    struct Descriptor {
        let bytes: ArraySlice<UInt8>

        var type: UInt8 { self[1] }

        subscript(offset: Int) -> UInt8 { bytes[bytes.startIndex + offset] }

        /// Two bytes, low byte first.
        func word(at offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// The next descriptor; nil at the end.
    mutating func next() throws(DeviceError) -> Descriptor? {
        guard let length = rest.first else { return nil }
        guard length >= 2, Int(length) <= rest.count else {
            throw DeviceError(.malformed, "a descriptor is cut or has no length")
        }
        defer { rest = rest.dropFirst(Int(length)) }
        return Descriptor(bytes: rest.prefix(Int(length)))
    }
}
