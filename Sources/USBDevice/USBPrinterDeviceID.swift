public import DeviceIO

/// What a printer says of itself: `MFG:…;MDL:…;CMD:…;` (PROTOCOLS.md 7.2; IEEE 1284, 6.6).
public struct USBPrinterDeviceID: Hashable, Sendable {
    /// The most fields that are kept: a real answer has fewer than ten.
    public static let fieldsMax = 32

    /// The fields by key in capital letters; the first of a key counts.
    public var fields: [String: String]

    /// Reads the answer to GET_DEVICE_ID.
    ///
    /// - Parameter bytes: The length, two bytes, high byte first and counting itself, and the text; what stands behind is
    ///   padding. Characters that are not printable ASCII become question marks.
    /// - Throws: ``DeviceError`` with `device.malformed` when the answer is cut, too long or has no field.
    public init(parsing bytes: [UInt8]) throws(DeviceError) {
        guard bytes.count >= 2, bytes.count <= USBPrinterRequest.deviceIDMax else {
            throw DeviceError(.malformed, "the device id of the printer is cut or too long")
        }
        let length = Int(bytes[0]) << 8 | Int(bytes[1])
        guard length >= 2, length <= bytes.count else {
            throw DeviceError(.malformed, "the device id of the printer is cut")
        }
        let text = String(
            decoding: bytes[2..<length].map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") },
            as: UTF8.self
        )
        var fields: [String: String] = [:]
        for field in text.split(separator: ";") {
            guard let colon = field.firstIndex(of: ":") else { continue }
            let key = Self.trim(field[..<colon]).uppercased()
            guard !key.isEmpty, fields[key] == nil else { continue }
            guard fields.count < Self.fieldsMax else {
                throw DeviceError(.malformed, "the device id of the printer has more than \(Self.fieldsMax) fields")
            }
            fields[key] = Self.trim(field[field.index(after: colon)...])
        }
        guard !fields.isEmpty else { throw DeviceError(.malformed, "the device id of the printer has no field") }
        self.fields = fields
    }

    private static func trim(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// The maker.
    public var manufacturer: String? { fields["MFG"] ?? fields["MANUFACTURER"] }

    /// The model.
    public var model: String? { fields["MDL"] ?? fields["MODEL"] }

    /// The command languages, such as `ESC/POS`.
    public var commandSet: String? { fields["CMD"] ?? fields["COMMAND SET"] }
}
