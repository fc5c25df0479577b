public import DeviceIO

/// The texts of a device (USB 2.0, 9.6.7).
public enum USBStringDescriptor: Sendable {
    /// The longest descriptor: its length is one byte.
    public static let lengthMax = 255

    /// The request for a text.
    ///
    /// - Parameters:
    ///   - index: Which text; 0 is the list of languages.
    ///   - language: In which language; 0 for the list.
    /// - Returns: The set-up of the control transfer.
    public static func request(index: UInt8, language: UInt16) -> USBControlRequest {
        USBControlRequest(
            requestType: 0x80,
            request: 6,
            value: UInt16(USBDescriptorType.string) << 8 | UInt16(index),
            index: language
        )
    }

    /// Reads the list of languages.
    ///
    /// - Parameter bytes: The descriptor of index 0.
    /// - Returns: The first language, or nil if there is none.
    /// - Throws: ``DeviceError`` with `device.malformed`.
    public static func firstLanguage(_ bytes: [UInt8]) throws(DeviceError) -> UInt16? {
        try units(bytes).first
    }

    /// Reads a text.
    ///
    /// Unpaired surrogates become replacement characters; control and formatting characters are dropped, so that the text
    /// can be printed wherever it comes to.
    ///
    /// - Parameter bytes: The descriptor.
    /// - Returns: The text, at most 126 UTF-16 units, without blanks at either end; nil if nothing is left.
    /// - Throws: ``DeviceError`` with `device.malformed`.
    public static func text(_ bytes: [UInt8]) throws(DeviceError) -> String? {
        let decoded = String(decoding: try units(bytes), as: UTF16.self)
        var scalars = decoded.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
            default: true
            }
        }[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return scalars.isEmpty ? nil : String(String.UnicodeScalarView(scalars))
    }

    private static func units(_ bytes: [UInt8]) throws(DeviceError) -> [UInt16] {
        guard bytes.count >= 2, bytes.count.isMultiple(of: 2), bytes.count == Int(bytes[0]),
            bytes[1] == USBDescriptorType.string
        else { throw DeviceError(.malformed, "a text of the device does not have its form") }
        return stride(from: 2, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    }
}
