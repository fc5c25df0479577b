/// What a reader with a PIN pad can do by itself: the feature list of PC/SC part 10 (PROTOCOLS.md 3.5).
public struct Part10Features: Hashable, Sendable {
    /// The number of a feature.
    public struct Tag: RawRepresentable, Hashable, Sendable {
        /// The byte.
        public var rawValue: UInt8

        /// Makes a tag of any number.
        ///
        /// - Parameter rawValue: The byte.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The PIN is entered at the reader and sent to the card.
        public static let verifyPINDirect = Tag(rawValue: 0x06)
        /// The PIN is changed at the reader.
        public static let modifyPINDirect = Tag(rawValue: 0x07)
        /// What the PIN pad looks like, in a fixed structure.
        public static let pinProperties = Tag(rawValue: 0x0A)
        /// What the PIN pad looks like, in tags.
        public static let tlvProperties = Tag(rawValue: 0x12)
        /// Escape commands of the maker.
        public static let escapeCommand = Tag(rawValue: 0x13)
        /// PACE.
        public static let executePACE = Tag(rawValue: 0x20)
    }

    /// The control code of each feature.
    public let controlCodes: [Tag: UInt32]

    /// The code of `SCardControl` that asks for the list: `SCARD_CTL_CODE(3400)` of pcsc-lite.
    public static let requestCode: UInt32 = 0x4200_0000 + 3_400
    /// The most features of a list; part 10 names about twenty.
    public static let featuresMax = 32

    /// Reads a list.
    ///
    /// - Parameter bytes: Elements of tag, length 04 and a control code, the high byte first.
    /// - Throws: ``PeripheralError`` with `pinpad.malformed` for a cut element, another length, a tag that stands twice,
    ///   or more than ``featuresMax`` elements.
    public init(bytes: [UInt8]) throws(PeripheralError) {
        guard bytes.count.isMultiple(of: 6), bytes.count <= 6 * Self.featuresMax else {
            throw PeripheralError(.pinpadMalformed, "the feature list of the reader is cut or too long")
        }
        var controlCodes: [Tag: UInt32] = [:]
        for start in stride(from: 0, to: bytes.count, by: 6) {
            guard bytes[start + 1] == 4 else {
                throw PeripheralError(.pinpadMalformed, "a control code of the reader does not have four bytes")
            }
            let code = bytes[(start + 2)..<(start + 6)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard controlCodes.updateValue(code, forKey: Tag(rawValue: bytes[start])) == nil else {
                throw PeripheralError(.pinpadMalformed, "a feature of the reader is named twice")
            }
        }
        self.controlCodes = controlCodes
    }

    /// The control code of a feature.
    ///
    /// - Parameter tag: The feature.
    /// - Returns: The code for `SCardControl`.
    /// - Throws: ``PeripheralError`` with `pinpad.unsupported` when the reader lacks the feature.
    public func controlCode(_ tag: Tag) throws(PeripheralError) -> UInt32 {
        guard let code = controlCodes[tag] else {
            throw PeripheralError(.pinpadUnsupported, "the reader lacks feature \(tag.rawValue) of part 10")
        }
        return code
    }
}
